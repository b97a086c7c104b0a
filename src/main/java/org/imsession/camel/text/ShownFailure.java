package org.imsession.camel.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.imsession.camel.model.LogText;

/**
 * A failure of others, such as of a bean of the deployer's, as it may be printed: what it, its causes and what it
 * suppressed say is on one line each, see {@link LogText}, and without a value that a database has refused, see
 * {@link RefusedValue}. The stack traces are the same, and no text begins a line of its own, so whoever reads a log can
 * tell its lines from what others put into them.
 */
public final class ShownFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ShownFailure(String text, Throwable cause, StackTraceElement[] stack) {
        super(text, cause);
        setStackTrace(stack);
    }

    /**
     * The failure itself if all that it says may be printed as it is, else a copy that tells its class with its words.
     *
     * @param failure what was thrown, not {@code null}
     */
    public static Throwable of(Throwable failure) {
        return harmless(failure, seen()) ? failure : copy(failure, false, seen());
    }

    /** As {@link #of}, for what may throw it on. */
    public static Exception of(Exception failure) {
        return (Exception) of((Throwable) failure);
    }

    private static boolean harmless(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return true;
        }
        if (!shown(failure).equals(text(failure)) || !harmless(failure.getCause(), seen)) {
            return false;
        }
        for (Throwable each : failure.getSuppressed()) {
            if (!harmless(each, seen)) {
                return false;
            }
        }
        return true;
    }

    /** @param beneath whether it is a cause of a refusal, such as of a parser, which quotes the value as well */
    private static ShownFailure copy(Throwable failure, boolean beneath, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return null;
        }
        boolean refusal = RefusedValue.of(failure).isPresent();
        ShownFailure shown = new ShownFailure(beneath && !refusal ? failure.getClass().getName() : shown(failure),
                copy(failure.getCause(), beneath || refusal, seen), failure.getStackTrace());
        for (Throwable each : failure.getSuppressed()) {
            ShownFailure suppressed = copy(each, beneath || refusal, seen);
            if (suppressed != null) {
                shown.addSuppressed(suppressed);
            }
        }
        return shown;
    }

    private static String shown(Throwable failure) {
        return RefusedValue.of(failure).map(refused -> failure.getClass().getName() + ": " + refused
                + " (without the words of the database, which quote the value)")
                .orElseGet(() -> LogText.line(text(failure)));
    }

    /** It is the others' code, too, that says it. */
    private static String text(Throwable failure) {
        try {
            return String.valueOf(failure.toString());
        } catch (RuntimeException e) {
            return failure.getClass().getName();
        }
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** The class of the original stands in the message. */
    @Override
    public String toString() {
        return getMessage();
    }
}
