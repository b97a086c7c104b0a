package org.imsession.camel.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small JVM with the class path of the tests. */
public final class ChildJvm {

    private ChildJvm() {
    }

    /** Not started, for its environment and its output are the caller's to choose. */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        return with(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), List.of(),
                main.getName(), arguments);
    }

    /** The same with a class path and options of one's own. */
    public static ProcessBuilder with(String classPath, List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Xshare:auto",
                "-Djava.net.preferIPv4Stack=true", "-cp", classPath));
        command.addAll(options);
        command.add(main);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
