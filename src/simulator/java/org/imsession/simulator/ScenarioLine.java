package org.imsession.simulator;

import java.time.Duration;
import java.util.Map;

/** One line of a {@link Scenario}. */
sealed interface ScenarioLine {

    /** {@code alice calls bob}. */
    record Calls(String agent, String other) implements ScenarioLine {
    }

    /** {@code bob answers}. */
    record Answers(String agent) implements ScenarioLine {
    }

    /** {@code alice says Hello Bob}. */
    record Says(String agent, String text) implements ScenarioLine {
    }

    /** {@code alice attaches favColor=blue size=5}. */
    record Attaches(String agent, Map<String, String> userData) implements ScenarioLine {
    }

    /** {@code alice deletes favColor}. */
    record Deletes(String agent, String key) implements ScenarioLine {
    }

    /** {@code alice completes}. */
    record Completes(String agent) implements ScenarioLine {
    }

    /** {@code service Voice Inactive}. */
    record Service(String type, String state) implements ScenarioLine {
    }

    /** {@code wait 2s} or {@code wait 300ms}. */
    record Waits(Duration time) implements ScenarioLine {
    }

    /** {@code repeat}: from the first line again. */
    record Repeat() implements ScenarioLine {
    }
}
