package com.example.follower;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A CometD that is not ours.
 *
 * @param module  the module that compiles it and has its class path
 * @param version its version
 * @param servlet the name of its servlet
 */
record ForeignServer(String module, String version, String servlet) {

    static final List<ForeignServer> ALL = List.of(
            new ForeignServer("cometd-2", "2.9.1", "org.cometd.server.CometdServlet"),
            new ForeignServer("cometd-4", "4.0.9", "org.cometd.server.CometDServlet"),
            new ForeignServer("cometd-9", "9.0.0", "org.cometd.server.http.jakarta.CometDServlet"));

    static final Path FOLDER = Path.of(System.getProperty("folder")).toAbsolutePath().normalize();

    /** The folder of what it leaves behind: logs, nginx. */
    Path work() throws IOException {
        return Files.createDirectories(FOLDER.resolve(module).resolve("target/run"));
    }

    String classPath() throws IOException {
        Path target = FOLDER.resolve(module).resolve("target");
        return target.resolve("classes") + File.pathSeparator + Files.readString(target.resolve("runtime.classpath"));
    }

    /** The names of CometD's jars that its process has. */
    List<String> cometdJars() throws IOException {
        return Arrays.stream(classPath().split(File.pathSeparator)).map(jar -> Path.of(jar).getFileName().toString())
                .filter(jar -> jar.contains("cometd")).toList();
    }

    @Override
    public String toString() {
        return "CometD " + version;
    }
}
