package org.imsession.simulator.replay;

import java.util.List;
import java.util.function.Consumer;
import org.imsession.simulator.fault.Outgoing;
import org.imsession.simulator.record.Step;

/**
 * A request that waits for its answer.
 *
 * @param steps  its steps, at least one
 * @param path   its path below the API path
 * @param body   its body
 * @param answer takes its answer, once; does not block
 */
public record Asked(List<Step> steps, String path, byte[] body, Consumer<Outgoing> answer) {
}
