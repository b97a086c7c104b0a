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

    /** Of SQL states: data exceptions, violations of constraints, of triggers, and of the condition of a view. */
    private static final Pattern STATE = Pattern.compile("(22|23|27|44)\\w{3}");
    private static final int MOST_CAUSES = 20;
    /** A value stands in quotation marks: what is taken is in front of the first, or a name behind the right word. */
    private static final Pattern NAMED = Pattern.compile("^[^\"]*?\\b(?:for (type [a-z ]+(?:\\(\\d+\\))?)"
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
                return Optional.of("SQL state " + sql.getSQLState() + names(String.valueOf(sql.getMessage())));
            }
            each = each.getCause();
        }
        return Optional.empty();
    }

    private static String names(String message) {
        Matcher named = NAMED.matcher(message);
        if (!named.find()) {
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
