package org.imsession.simulator.agents;

import java.util.Optional;

/** One side of an IM session: an agent, or somebody outside of whom only the number is known. */
final class Party {

    private final Optional<Agent> agent;
    private final String phoneNumber;
    private CallState state;

    private Party(Optional<Agent> agent, String phoneNumber, CallState state) {
        this.agent = agent;
        this.phoneNumber = phoneNumber;
        this.state = state;
    }

    static Party of(Agent agent, CallState state) {
        return new Party(Optional.of(agent), agent.phoneNumber(), state);
    }

    static Party outside(String phoneNumber, CallState state) {
        return new Party(Optional.empty(), phoneNumber, state);
    }

    Optional<Agent> agent() {
        return agent;
    }

    String phoneNumber() {
        return phoneNumber;
    }

    CallState state() {
        return state;
    }

    void state(CallState value) {
        state = value;
    }

    boolean is(Agent candidate) {
        return agent.isPresent() && agent.get() == candidate;
    }
}
