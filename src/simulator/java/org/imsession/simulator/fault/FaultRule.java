package org.imsession.simulator.fault;

import org.imsession.simulator.record.Step;

/**
 * When a fault happens.
 *
 * @param step  the step of the protocol, {@link Step#ANY} for every request
 * @param fault the fault
 * @param agent whose requests are hit, empty for everybody's
 * @param skip  how many such requests go well before
 * @param times how many are hit then
 * @param each  1 if it is every one of them, 2 if it is every second one, beginning with the first
 */
public record FaultRule(Step step, Fault fault, String agent, int skip, int times, int each) {

    /**
     * A fault that happens once, to whoever comes first.
     *
     * @param step  the step
     * @param fault the fault
     * @return the rule
     */
    public static FaultRule at(Step step, Fault fault) {
        return new FaultRule(step, fault, "", 0, 1, 1);
    }

    /**
     * Hits the requests of one agent only.
     *
     * @param name the agent's name
     * @return a changed copy
     */
    public FaultRule forAgent(String name) {
        return new FaultRule(step, fault, name, skip, times, each);
    }

    /**
     * Lets some requests go well first.
     *
     * @param number how many
     * @return a changed copy
     */
    public FaultRule after(int number) {
        return new FaultRule(step, fault, agent, number, times, each);
    }

    /**
     * Hits several requests.
     *
     * @param number how many
     * @return a changed copy
     */
    public FaultRule times(int number) {
        return new FaultRule(step, fault, agent, skip, number, each);
    }

    /**
     * Hits every request until the rule is cleared.
     *
     * @return a changed copy
     */
    public FaultRule always() {
        return times(Integer.MAX_VALUE);
    }

    /**
     * Hits one of two requests, as if two nodes answered in turn, until the rule is cleared.
     *
     * @return a changed copy
     */
    public FaultRule everySecond() {
        return new FaultRule(step, fault, agent, skip, Integer.MAX_VALUE, 2);
    }
}
