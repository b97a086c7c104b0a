package org.imsession.camel.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Roster;
import org.imsession.camel.spi.Roster.RejectedEntry;

/**
 * Reads lines {@code agent=secret} as {@link Properties#load(java.io.Reader)} does, in UTF-8, but knows the number of
 * each line, so that one that is wrong can be named and costs no other. Messages never quote a secret.
 */
final class AgentsFileReader {

    private static final char UNREADABLE = '\uFFFD';
    private static final String BLANKS = " \t\f";
    private static final String BROKEN =
            "an escape \\u needs four hexadecimal digits, and a backslash is written twice";

    private final String name;
    private final PlaceholderLookup placeholders;
    private final Map<String, AgentCredentials> agents = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Map<Integer, RejectedEntry> rejected = new TreeMap<>();

    private AgentsFileReader(String name, PlaceholderLookup placeholders) {
        this.name = name;
        this.placeholders = placeholders;
    }

    /**
     * Who stands in the text.
     *
     * @param name         what messages call the file
     * @param placeholders looks up what stands for a secret; that is waited for
     * @param before       whose references need not be looked up, because they have been: each login will anyway
     */
    static Roster read(String name, byte[] text, PlaceholderLookup placeholders, Roster before) {
        AgentsFileReader reader = new AgentsFileReader(name, placeholders);
        reader.read(new String(text, StandardCharsets.UTF_8));
        reader.lookUp(before);
        return new Roster(reader.agents, List.copyOf(reader.rejected.values()), "");
    }

    private void read(String text) {
        try (BufferedReader in = new BufferedReader(new StringReader(text.startsWith("\uFEFF")
                ? text.substring(1) : text))) {
            int number = 0;
            String line = in.readLine();
            while (line != null) {
                number++;
                int first = number;
                StringBuilder whole = new StringBuilder(line);
                while (!isComment(whole) && goesOn(line)) {
                    line = in.readLine();
                    if (line == null) {
                        break;
                    }
                    number++;
                    whole.append('\n').append(line);
                }
                if (!whole.toString().isBlank() && !isComment(whole)) {
                    entry(first, whole.toString());
                }
                line = in.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory has none
        }
    }

    private static boolean isComment(CharSequence line) {
        String start = line.toString().stripLeading();
        return start.startsWith("#") || start.startsWith("!");
    }

    /** Whether an odd number of backslashes ends the line. */
    private static boolean goesOn(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private void entry(int number, String line) {
        int end = endOfName(line);
        String rest = line.substring(end);
        Properties one;
        try {
            one = load(line);
        } catch (IllegalArgumentException e) { // no cause: it quotes the line
            withoutSecret(number, line.substring(0, end));
            return;
        }
        one.forEach((agent, secret) -> named(number, rest, (String) agent, (String) secret));
    }

    private void named(int number, String rest, String agent, String secret) {
        if (secret.isEmpty() && rest.indexOf('=') < 0 && rest.indexOf(':') < 0) {
            reject("", number, "has no = in it; write agent=<password>"); // it may be a password: never quoted
        } else if (isNamed(agent, number)) {
            take(agent, number, secret);
        }
    }

    /** Whose line it is, although its secret cannot be read. */
    private void withoutSecret(int number, String name) {
        String agent;
        try {
            agent = load(name).stringPropertyNames().stream().findFirst().orElse("");
        } catch (IllegalArgumentException e) {
            reject("", number, "is no line agent=<password>: " + BROKEN);
            return;
        }
        if (isNamed(agent, number)) {
            reject(agent, number, "cannot be used for agent " + agent + ": " + BROKEN);
        }
    }

    private static Properties load(String line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory has none
        }
        return one;
    }

    /** Where the name ends for {@link Properties}: before the first separator without a backslash in front. */
    private static int endOfName(String line) {
        int at = skipBlanks(line, 0);
        while (at < line.length() && "=:".indexOf(line.charAt(at)) < 0 && BLANKS.indexOf(line.charAt(at)) < 0) {
            boolean escape = line.charAt(at) == '\\' && at + 1 < line.length();
            at += escape ? 2 : 1;
            if (escape && line.charAt(at - 1) == '\n') { // the name goes on in the next line
                at = skipBlanks(line, at);
            }
        }
        return at;
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && BLANKS.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Whether the line names an agent whom no other names; which of two is meant, nobody knows. */
    private boolean isNamed(String agent, int number) {
        if (agent.isEmpty()) {
            reject("", number, "has no agent before the =");
            return false;
        }
        if (agent.indexOf(UNREADABLE) >= 0) {
            reject("", number, "is not valid UTF-8; save the file so");
            return false;
        }
        Integer before = lines.putIfAbsent(agent, number);
        if (before != null) {
            agents.remove(agent);
            reject(agent, number, "names agent " + agent + " again, who is in line " + before + " already; remove one"
                    + " of the two");
        }
        return before == null;
    }

    private void take(String agent, int number, String secret) {
        if (secret.indexOf(UNREADABLE) >= 0) {
            reject(agent, number, "is not valid UTF-8 for agent " + agent + "; save the file so");
        } else if (secret.isEmpty()) {
            reject(agent, number, "has no password for agent " + agent + "; write " + agent + "=<password>");
        } else if (secret.startsWith("{{") && secret.endsWith("}}")) { // elsewhere it belongs to the password
            agents.put(agent, new PlaceholderCredentials(agent, secret, place(number), placeholders.lookup()));
        } else {
            fixed(agent, number, secret);
        }
    }

    private void fixed(String agent, int number, String secret) {
        try {
            agents.put(agent, AgentCredentials.ofPassword(agent, secret));
        } catch (IllegalArgumentException e) {
            reject(agent, number, "cannot be used for agent " + agent + ": " + e.getMessage());
        }
    }

    /** What stands for a password should stand for one now. */
    private void lookUp(Roster before) {
        List<PlaceholderCredentials> named = agents.values().stream().filter(PlaceholderCredentials.class::isInstance)
                .map(PlaceholderCredentials.class::cast)
                .filter(each -> !each.equals(before.agents().get(each.agent()))).toList();
        placeholders.failures(named).forEach((credentials, why) -> {
            String agent = credentials.agent();
            agents.remove(agent);
            reject(agent, lines.get(agent), "cannot be used for agent " + agent + ": " + why);
        });
    }

    private void reject(String agent, int number, String why) {
        rejected.put(number, new RejectedEntry(agent, place(number) + " " + why));
    }

    private String place(int number) {
        return name + " line " + number;
    }
}
