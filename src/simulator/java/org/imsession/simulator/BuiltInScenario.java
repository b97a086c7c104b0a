package org.imsession.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The scenarios that have a name: alice and bob in them are the first two agents of the server. */
enum BuiltInScenario {

    NONE("nobody does anything", ""),
    CHAT("two agents chat, round after round", Texts.CHAT),
    RING("a call that rings for 10 s before it is answered, and one that is not answered", """
            alice calls bob
            wait 10s
            bob answers
            wait 10s
            bob completes
            wait 5s
            bob calls alice
            wait 10s
            bob completes
            wait 5s
            repeat
            """),
    REFUSED_LOGIN("no user and password are accepted for a minute, then all are; meanwhile they chat", """
            server refuses logins
            alice calls bob
            alice says Hello Bob, nobody hears us
            alice completes
            wait 60s
            server is well
            """ + Texts.CHAT),
    OUTAGE("they chat, and after each round the server is away for 20 s", Texts.rounds("""
            server stops
            wait 20s
            server starts
            wait 10s
            """)),
    RESTART("they chat, and after each round the server restarts and knows no session any more", Texts.rounds("""
            server restarts
            wait 10s
            """)),
    FORGETFUL("they chat, and after each round every Bayeux session has expired (402)", Texts.rounds("""
            server forgets sessions
            wait 10s
            """)),
    NO_ACK("they chat on a server without CometD's ack extension", "server does not acknowledge\n" + Texts.CHAT),
    SLOW("they chat, and each answer is late by 2 s", "server answers after 2s\n" + Texts.CHAT),
    HANGING("they chat, and after each round no request is answered for 40 s", Texts.rounds("""
            server hangs
            wait 40s
            server is well
            wait 10s
            """)),
    BUSY("they chat, and after each round the server is busy (503, Retry-After) for 20 s", Texts.rounds("""
            server is busy for 20s
            wait 20s
            server is well
            wait 10s
            """)),
    NOT_STICKY("they chat behind a load balancer that is not sticky", "server is not sticky\n" + Texts.CHAT),
    VOICE_DOWN("they chat, and after each round the voice service is down for 20 s", Texts.rounds("""
            service Voice Inactive
            wait 20s
            service Voice Active
            wait 5s
            """));

    private static final Pattern ROLE = Pattern.compile("alice|bob|Alice|Bob");

    private final String about;
    private final String text;

    BuiltInScenario(String about, String text) {
        this.about = about;
        this.text = text;
    }

    static Optional<BuiltInScenario> named(String name) {
        return Arrays.stream(values()).filter(each -> each.word().equals(name)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(BuiltInScenario::word).collect(Collectors.joining(", "));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String about() {
        return about;
    }

    /**
     * The scenario with these agents.
     *
     * @param agents the login names; the first two of them play
     * @throws IllegalArgumentException when there are too few of them
     */
    Scenario with(List<String> agents) {
        if (this == NONE) {
            return Scenario.parse(text);
        }
        if (agents.size() < 2) {
            throw new IllegalArgumentException("The scenario " + word() + " needs two agents, and there is one: give "
                    + "another one, or --scenario none");
        }
        return Scenario.parse(ROLE.matcher(text).replaceAll(role ->
                Matcher.quoteReplacement(name(role.group(), agents))));
    }

    private static String name(String role, List<String> agents) {
        String name = agents.get(role.equalsIgnoreCase("alice") ? 0 : 1);
        return Character.isUpperCase(role.charAt(0)) ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
                : name;
    }

    /** Apart, because the constants above are made of them. */
    private static final class Texts {

        private static final String ROUND = """
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
                """;

        static final String CHAT = ROUND + "wait 1s\nrepeat\n";

        static String rounds(String between) {
            return ROUND + between + "repeat\n";
        }
    }
}
