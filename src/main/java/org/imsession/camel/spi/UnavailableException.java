package org.imsession.camel.spi;

import org.imsession.camel.model.LogText;

/**
 * There is no credential, or nobody to begin with, for a reason that an operator should read: a vault is sealed, a data
 * base is down. {@link AgentCredentials} fail with it, {@link AgentDirectory#follow} throws it. Its message, and
 * nothing else of it, stands in the log, in health and in JMX, on one line. Whoever throws it keeps secrets out of it;
 * what any other exception says may be one, and is not repeated.
 *
 * <p>It has no cause, because what others say may quote a secret; log that where it was caught.
 */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    /** A path of the greatest length on Linux, and what is to be said of it. */
    private static final int LONGEST = 5000;

    /**
     * @param reason what is missing, why, and what to do; without a secret, not {@code null}; cut at 5000 characters
     */
    public UnavailableException(String reason) {
        super(LogText.escape(reason, LONGEST), null);
    }
}
