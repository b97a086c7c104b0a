package org.imsession.camel.gws;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;

/**
 * Tells what the network or the server did from what failed on this side. The former is known by its kin: what the JDK
 * and Jetty throw where bytes travel. All else is ours, whatever it is, so that nobody is sent to look at the network
 * for a fault of memory, of a bean or of this component.
 */
public final class LocalFault {

    private LocalFault() {
    }

    /**
     * Whether it failed on this side.
     *
     * @param failure what was thrown, not {@code null}
     */
    public static boolean is(Throwable failure) {
        Throwable each = unwrapped(failure);
        return !(each instanceof IOException || each instanceof TimeoutException || each instanceof HttpException
                || each instanceof HttpResponseException || each instanceof UnresolvedAddressException
                || each instanceof CancelledKeyException); // the connection was closed from below
    }

    /**
     * What it is and what to do, to be put behind what failed; one line, without the words of the failure, which may
     * quote what is secret.
     *
     * @param failure what was thrown, not {@code null}
     */
    public static String words(Throwable failure) {
        Throwable each = unwrapped(failure);
        if (each instanceof RejectedExecutionException) {
            return "the HTTP client is stopped, or too many requests wait for a connection. Raise maxConnections if "
                    + "there are more agents than half of it";
        }
        return "on this side (" + each.getClass().getSimpleName() + "), not on the network. "
                + (each instanceof LinkageError ? "A jar is missing, or of another version than is needed here"
                : each instanceof Error ? "Look at memory and threads of this process"
                        : "That is a fault of a bean or of this component, to be reported with its version");
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable each = failure;
        while ((each instanceof CompletionException || each instanceof ExecutionException)
                && each.getCause() != null) {
            each = each.getCause();
        }
        return each;
    }
}
