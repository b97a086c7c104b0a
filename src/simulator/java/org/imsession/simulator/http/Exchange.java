package org.imsession.simulator.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultScript;
import org.imsession.simulator.fault.Outgoing;
import org.imsession.simulator.record.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request from its arrival to the end of its answer. It is answered once; later answers are ignored. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServletRequest request;
    private final byte[] body;
    private final AsyncContext async;
    private final Identity identity;
    private final List<Step> steps;
    private final FaultScript faults;
    private final AnswerSender sender;
    private final AtomicBoolean answered = new AtomicBoolean();

    Exchange(HttpServletRequest request, byte[] body, AsyncContext async, Identity identity, List<Step> steps,
             FaultScript faults, AnswerSender sender) {
        this.request = request;
        this.body = body;
        this.async = async;
        this.identity = identity;
        this.steps = steps;
        this.faults = faults;
        this.sender = sender;
    }

    HttpServletRequest request() {
        return request;
    }

    byte[] body() {
        return body;
    }

    AsyncContext async() {
        return async;
    }

    Identity identity() {
        return identity;
    }

    List<Step> steps() {
        return steps;
    }

    String method() {
        return request.getMethod();
    }

    String path() {
        return request.getPathInfo();
    }

    Optional<ArmedFault> faultOnRequest() {
        return faults.onRequest(steps, identity.name());
    }

    void answer(Outgoing answer) {
        answer(answer, () -> { });
    }

    /** Answers; a fault on the answer may come between. */
    void answer(Outgoing answer, Runnable afterwards) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        Optional<ArmedFault> fault = faults.onAnswer(steps, identity.name());
        if (fault.isPresent() && fault.get().rule().fault() instanceof Fault.Withhold) {
            fault.get().park(() -> write(answer, afterwards));
        } else {
            write(fault.map(each -> changedOrFailed(answer, each)).orElse(answer), afterwards);
        }
    }

    /** Answers instead of handling the request; faults on the answer do not add to it. */
    void answerInstead(Outgoing answer) {
        if (answered.compareAndSet(false, true)) {
            write(answer, () -> { });
        }
    }

    /** A fault that fails itself, such as a function of a test, must not leave the request open for ever. */
    private static Outgoing changedOrFailed(Outgoing answer, ArmedFault fault) {
        try {
            return changed(answer, fault);
        } catch (RuntimeException e) {
            LOG.error("The fault {} failed; the request is answered with 500", fault.rule().fault(), e);
            return new Outgoing(500, Map.of(), new byte[0]);
        }
    }

    private static Outgoing changed(Outgoing answer, ArmedFault fault) {
        return fault.rule().fault() instanceof Fault.Change change
                ? change.change(answer, fault.rule().step()) : answer;
    }

    private void write(Outgoing answer, Runnable afterwards) {
        sender.send(answer, async, afterwards);
    }
}
