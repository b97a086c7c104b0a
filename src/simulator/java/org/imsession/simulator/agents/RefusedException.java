package org.imsession.simulator.agents;

import org.imsession.simulator.settings.Refusal;

/** An operation that the server refuses; nothing has changed. */
public final class RefusedException extends RuntimeException {

    private final transient Refusal refusal;

    /**
     * A refused operation.
     *
     * @param refusal what the client is told
     */
    public RefusedException(Refusal refusal) {
        super(refusal.statusMessage());
        this.refusal = refusal;
    }

    /**
     * What the client is told.
     *
     * @return the refusal
     */
    public Refusal refusal() {
        return refusal;
    }
}
