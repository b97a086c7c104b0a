package org.imsession.camel.text;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we refuse at a start says in its words what to do. Camel logs it with its stack, and throws it on to whoever
 * prints that again, so that a line drowns in a hundred; it goes without a stack, which is to be had at DEBUG. What
 * others throw keeps its own, for it may be an error in a program.
 */
public final class Refusal {

    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);
    private static final StackTraceElement[] NO_STACK = {};
    private static final String OURS = "org.imsession.camel.";

    private Refusal() {
    }

    /**
     * The same exception, without stacks if it is one of ours.
     *
     * @param <E>     its type
     * @param failure what was thrown at a start, not {@code null}
     */
    public static <E extends Exception> E of(E failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        boolean deliberate = failure instanceof RuntimeException && failure.getMessage() != null && stack.length > 0
                && stack[0].getClassName().startsWith(OURS);
        if (deliberate) {
            LOG.debug("Refused", failure);
            for (Throwable each = failure; each != null; each = each.getCause()) {
                each.setStackTrace(NO_STACK);
            }
        }
        return failure;
    }
}
