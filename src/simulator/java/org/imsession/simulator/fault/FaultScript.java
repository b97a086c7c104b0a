package org.imsession.simulator.fault;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.imsession.simulator.record.Step;

/**
 * The rules in force on a server. A request is hit by the first rule, in the order they were added, that means it and
 * is not used up; rules on the request and rules on the answer are looked up apart. May be used from any thread.
 */
public final class FaultScript {

    private final List<ArmedFault> armed = new CopyOnWriteArrayList<>();

    /**
     * Adds a rule.
     *
     * @param rule the rule
     * @return its handle
     */
    public ArmedFault add(FaultRule rule) {
        ArmedFault fault = new ArmedFault(rule);
        armed.add(fault);
        return fault;
    }

    /**
     * Adds a fault that happens once, to whoever comes first.
     *
     * @param step  the step
     * @param fault the fault
     * @return its handle
     */
    public ArmedFault once(Step step, Fault fault) {
        return add(FaultRule.at(step, fault));
    }

    /**
     * Adds a fault that happens until it is cleared.
     *
     * @param step  the step
     * @param fault the fault
     * @return its handle
     */
    public ArmedFault always(Step step, Fault fault) {
        return add(FaultRule.at(step, fault).always());
    }

    /** Ends all rules; requests that hang by them go on. */
    public void clear() {
        List<ArmedFault> all = List.copyOf(armed);
        armed.removeAll(all);
        all.forEach(ArmedFault::clear);
    }

    /** Forgets the requests that hang: their connections are gone. Rules stay. */
    public void abandonRequests() {
        armed.forEach(ArmedFault::abandon);
    }

    /**
     * The rule on the request that hits one.
     *
     * @param steps the steps of the request
     * @param agent whose it is, empty when nobody's
     * @return the rule, empty when all goes well
     */
    public Optional<ArmedFault> onRequest(List<Step> steps, String agent) {
        return find(rule -> rule.fault() instanceof Fault.OnRequest, steps, agent);
    }

    /**
     * The rule on the answer that hits one.
     *
     * @param steps the steps of the request
     * @param agent whose it is, empty when nobody's
     * @return the rule, empty when all goes well
     */
    public Optional<ArmedFault> onAnswer(List<Step> steps, String agent) {
        return find(rule -> rule.fault() instanceof Fault.OnAnswer, steps, agent);
    }

    private Optional<ArmedFault> find(Predicate<FaultRule> kind, List<Step> steps, String agent) {
        return armed.stream().filter(each -> kind.test(each.rule())).filter(each -> each.hits(steps, agent))
                .findFirst();
    }
}
