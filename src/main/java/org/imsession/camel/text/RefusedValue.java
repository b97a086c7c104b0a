package org.imsession.camel.text;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be printed of a failure by which a database refuses a value: its own words quote the value, which may be
 * what somebody has written. H2 does so in its message, PostgreSQL in some, and whoever wraps it repeats them.
 */
public final class RefusedValue {

    /** Of SQL states: data exceptions, violations of constraints, by triggers, and of the condition of a view. */
    private static final Pattern STATE = Pattern.compile("(22|23|27|44)\\w{3}|P0001");
    /** PostgreSQL's {@code raise} in a trigger: the words are those of who wrote it. */
    private static final String OWN_WORDS = "P0001";
    private static final int MOST_CAUSES = 20;
    /** What is taken is in front of any sign by which a value may begin, or a name behind the right word. */
    private static final Pattern NAMED = Pattern.compile("^[\\w :-]*?\\b(?:for (type [a-z ]+(?:\\(\\d+\\))?)"
            + "|(column|constraint|relation|table|violation:) \"(\\w+(?:\\.\\w+)?)"
            + "(?:\" (?:of relation \"(\\w+)\"|violates [a-z -]*constraint \"(\\w+)\"))?)");

    private RefusedValue() {
    }

    /**
     * The SQL state, and the column, constraint, table or type as far as the database names them in English.
     *
     * @param failure what was thrown, not {@code null}
     * @return empty if neither it nor any of its causes is such a refusal
     */
    public static Optional<String> of(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
            if (each instanceof SQLException sql && STATE.matcher(String.valueOf(sql.getSQLState())).matches()) {
                return Optional.of("SQL state " + sql.getSQLState() + names(sql));
            }
            each = each.getCause();
        }
        return Optional.empty();
    }

    private static String names(SQLException refusal) {
        Matcher named = NAMED.matcher(String.valueOf(refusal.getMessage()));
        if (OWN_WORDS.equals(refusal.getSQLState()) || !named.find()) {
            return "";
        }
        if (named.group(1) != null) {
            return ", " + named.group(1);
        }
        String kind = named.group(2).equals("violation:") ? "constraint" : named.group(2);
        return ", " + kind + ' ' + named.group(3) + (named.group(4) == null ? "" : ", relation " + named.group(4))
                + (named.group(5) == null ? "" : ", constraint " + named.group(5));
    }
}
