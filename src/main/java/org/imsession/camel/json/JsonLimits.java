package org.imsession.camel.json;

/**
 * How large a JSON text may be, so that no text costs more than its share of memory, stack or time.
 *
 * @param maxNestingDepth objects and arrays inside each other, 1 to 200
 * @param maxTextLength   characters of one text, at least 1
 * @param maxMembers      members of objects and elements of arrays in one text, all levels together, at least 1
 * @param maxNumberLength digits of one number, at least 1
 */
public record JsonLimits(int maxNestingDepth, int maxTextLength, int maxMembers, int maxNumberLength) {

    /**
     * Wide enough for anything that GWS can mean: a message of 1 MiB passes even if each of its characters is escaped,
     * and the attached data of a session, 65,535 bytes at most (Genesys, T-Server user data), have fewer members.
     */
    public static final JsonLimits DEFAULT = new JsonLimits(64, 8 * 1024 * 1024, 10_000, 1000);

    /** @throws IllegalArgumentException if a limit is out of its range */
    public JsonLimits {
        require(maxNestingDepth >= 1 && maxNestingDepth <= 200, "maxNestingDepth", maxNestingDepth, "1 to 200");
        require(maxTextLength >= 1, "maxTextLength", maxTextLength, "at least 1");
        require(maxMembers >= 1, "maxMembers", maxMembers, "at least 1");
        require(maxNumberLength >= 1, "maxNumberLength", maxNumberLength, "at least 1");
    }

    /** To link that of a record takes some milliseconds of a start. */
    @Override
    public int hashCode() {
        return 31 * (31 * (31 * maxNestingDepth + maxTextLength) + maxMembers) + maxNumberLength;
    }

    private static void require(boolean inRange, String name, int value, String range) {
        if (!inRange) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be " + range);
        }
    }
}
