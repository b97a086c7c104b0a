package org.imsession.camel.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a {@link CompletableFuture} failed with, which its steps and those who wait for it see wrapped. */
public final class FutureFailure {

    private FutureFailure() {
    }

    /**
     * The failure itself.
     *
     * @param seen what a step was given, or what was caught, not {@code null}
     */
    public static Throwable of(Throwable seen) {
        Throwable each = seen;
        while ((each instanceof CompletionException || each instanceof ExecutionException)
                && each.getCause() != null) {
            each = each.getCause();
        }
        return each;
    }
}
