package org.imsession.camel.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imsession.camel.IMSessionComponent;

/**
 * An older build of the component as one more contender, in the same turns as this one: property {@code bench.before}
 * names its jar, which takes the place of this build on the class path.
 */
final class Before {

    /** The name of that contender. */
    static final String KIND = "before";

    private static final String JAR = System.getProperty("bench.before", "");

    private Before() {
    }

    static boolean isThere() {
        return !JAR.isEmpty();
    }

    /** The contenders of a benchmark, and the older build among them. */
    static String[] with(String... kinds) {
        return isThere() ? Stream.concat(Stream.of(kinds), Stream.of(KIND)).toArray(String[]::new) : kinds;
    }

    /** The class path of a contender. */
    static String classPath(String kind) {
        return kind.equals(KIND) ? classPath() : ChildProcess.classPath();
    }

    private static String classPath() {
        Path jar = Path.of(JAR).toAbsolutePath();
        if (!jar.toFile().isFile()) {
            throw new IllegalArgumentException("-Dbench.before=" + JAR + " is no file; it must be the jar of an older"
                    + " build");
        }
        Path ours = Path.of(IMSessionComponent.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        return Arrays.stream(ChildProcess.classPath().split(":"))
                .map(each -> Path.of(each).equals(ours) ? jar.toString() : each).collect(Collectors.joining(":"));
    }

    /**
     * This build against the older one.
     *
     * @param rows what was measured, by the names of both contenders without their kind
     * @param ours the beginning of the names of this build's figures
     */
    static void compare(Table table, Medians medians, String ours, List<String> rows) {
        if (isThere()) {
            rows.forEach(row -> table.note("\n" + row.strip() + ", ours / before: "
                    + medians.ratio(ours + row, KIND + (ours.isEmpty() ? " " : "") + row) + "."));
        }
    }
}
