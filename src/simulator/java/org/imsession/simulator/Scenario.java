package org.imsession.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A little play for agents of a simulated GWS, one step per line:
 *
 * <pre>
 * # a comment
 * alice calls bob
 * bob answers
 * alice says Hello Bob, this is chat {n}
 * alice attaches favColor=blue
 * alice deletes favColor
 * alice completes
 * wait 2s
 * repeat
 * </pre>
 *
 * <p>{@code {n}} is the number of the round, from 1. Verbs are in their own words: {@code answers} lets the session of
 * the agent go to Talking; a text said before does so, too.
 */
public final class Scenario {

    private static final String CHAT = """
            alice calls bob
            bob answers
            alice attaches favColor=blue
            alice says Hello Bob, this is chat {n}
            bob says Hello Alice, how can I help?
            alice says My customer would like another colour
            alice attaches favColor=green
            bob says Green it is
            alice says Thank you, bye
            bob completes
            wait 1s
            repeat
            """;

    private final List<ScenarioLine> lines;

    private Scenario(List<ScenarioLine> lines) {
        this.lines = lines;
    }

    /**
     * Reads a scenario.
     *
     * @param text its lines
     * @return the scenario
     * @throws IllegalArgumentException naming the line that cannot be understood
     */
    public static Scenario parse(String text) {
        return new Scenario(ScenarioParser.parse(text));
    }

    /**
     * The scenario that is built in: alice and bob chat, round after round.
     *
     * @return the scenario
     */
    public static Scenario chat() {
        return parse(CHAT);
    }

    List<ScenarioLine> lines() {
        return lines;
    }

    /**
     * Plays the scenario on a thread of its own until it ends or is stopped.
     *
     * @param server   the server, whose agents must be there
     * @param pace     the time between two lines
     * @param listener is told each step before it happens, in words, and an error that ends the play
     * @return the running play
     */
    public ScenarioPlay play(GwsServer server, Duration pace, Consumer<String> listener) {
        return ScenarioPlay.start(this, server, pace, listener);
    }
}
