package org.imsession.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One line of a {@link Scenario}: what it does to a server, and how it is told. */
sealed interface ScenarioLine {

    /** Lets it happen. */
    void happen(GwsServer server);

    /** What happens, in words. */
    String told();

    /** Whom it names. */
    List<String> agents();

    /** The line of a round: with the number of it where {@code {n}} stands. */
    default ScenarioLine inRound(int round) {
        return this;
    }

    /** A line that lets nothing happen to a server. */
    sealed interface Course extends ScenarioLine {
        @Override
        default void happen(GwsServer server) {
        }

        @Override
        default String told() {
            return "";
        }

        @Override
        default List<String> agents() {
            return List.of();
        }
    }

    /** {@code alice calls bob}. */
    record Calls(String agent, String other) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            server.agent(agent).calls(other);
        }

        @Override
        public String told() {
            return agent + " calls " + other;
        }

        @Override
        public List<String> agents() {
            return List.of(agent, other);
        }
    }

    /** {@code bob answers}. */
    record Answers(String agent) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            server.agent(agent).session().talks();
        }

        @Override
        public String told() {
            return agent + " answers";
        }

        @Override
        public List<String> agents() {
            return List.of(agent);
        }
    }

    /** {@code alice says Hello Bob}. */
    record Says(String agent, String text) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            server.agent(agent).session().says(text);
        }

        @Override
        public String told() {
            return agent + " says " + text;
        }

        @Override
        public List<String> agents() {
            return List.of(agent);
        }

        @Override
        public ScenarioLine inRound(int round) {
            return new Says(agent, text.replace("{n}", Integer.toString(round)));
        }
    }

    /** {@code alice attaches favColor=blue size=5}. */
    record Attaches(String agent, Map<String, String> userData) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            server.agent(agent).session().attach(userData);
        }

        @Override
        public String told() {
            return agent + " attaches " + userData;
        }

        @Override
        public List<String> agents() {
            return List.of(agent);
        }
    }

    /** {@code alice deletes favColor}. */
    record Deletes(String agent, String key) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            server.agent(agent).session().delete(key);
        }

        @Override
        public String told() {
            return agent + " deletes " + key;
        }

        @Override
        public List<String> agents() {
            return List.of(agent);
        }
    }

    /** {@code alice completes}. */
    record Completes(String agent) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            server.agent(agent).session().complete();
        }

        @Override
        public String told() {
            return agent + " completes";
        }

        @Override
        public List<String> agents() {
            return List.of(agent);
        }
    }

    /** {@code service Voice Inactive}. */
    record Service(String type, String state) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            server.service(type, state);
        }

        @Override
        public String told() {
            return "service " + type + " is " + state;
        }

        @Override
        public List<String> agents() {
            return List.of();
        }
    }

    /** {@code server stops}: what the server does of its own accord. */
    record Server(ServerDeed deed, Duration time) implements ScenarioLine {
        @Override
        public void happen(GwsServer server) {
            deed.happen(server, time);
        }

        @Override
        public String told() {
            return "server " + deed.words() + (time.isZero() ? "" : " " + time.toMillis() + " ms");
        }

        @Override
        public List<String> agents() {
            return List.of();
        }
    }

    /** {@code wait 2s} or {@code wait 300ms}. */
    record Waits(Duration time) implements Course {
    }

    /** {@code repeat}: from the first line again that is not about the server. */
    record Repeat() implements Course {
    }
}
