package org.imsession.camel.crash;

import java.io.IOException;
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

    /** Lets it stand still, as {@code kill -STOP} does, until {@link #thaw}. */
    public static void freeze(Process jvm) throws IOException, InterruptedException {
        signal(jvm, "-STOP");
    }

    /** Ends {@link #freeze}. */
    public static void thaw(Process jvm) throws IOException, InterruptedException {
        signal(jvm, "-CONT");
    }

    private static void signal(Process jvm, String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", signal, String.valueOf(jvm.pid())).start().waitFor();
        if (status != 0) {
            throw new IOException("kill " + signal + " failed with status " + status);
        }
    }
}
