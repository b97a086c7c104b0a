package org.imsession.camel.recovery;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which reasons an operator has been told since the feed was last well. The first failure of an outage is seldom the
 * one that lasts: a cut connection, then what the server says of itself. So each reason is said once, however often
 * they take turns; numbers in it make no other one of it, but for a status of three digits. Used on the control
 * executor of the feed only.
 */
public final class ReasonsTold {

    /** For who words each answer in another way. */
    private static final int MOST = 8;
    private static final Pattern NUMBERS = Pattern.compile("(?<!\\d)(?!\\d{3}(?!\\d))\\d+");

    private Set<String> told = Set.of(); // hardly any feed ever fails

    /**
     * Whether to say it.
     *
     * @param attempts how many failed since the feed was last live and stable
     */
    public boolean isNew(String reason, int attempts) {
        if (attempts <= 1 || told.isEmpty()) {
            told = new HashSet<>();
        }
        return told.size() < MOST && told.add(NUMBERS.matcher(reason).replaceAll("0"));
    }
}
