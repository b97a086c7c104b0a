package com.example.esb;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Camel Main with one of the settings files in {@code routes/bridge}, and a simulated GWS where two agents chat. */
final class Bridge implements AutoCloseable {

    /** The same from src/it and from the copy in target/it. */
    private static final Path PROJECT = Paths.get("../../../..").toAbsolutePath().normalize();
    private static final String LIB = Paths.get("../camel-main/target/lib").toAbsolutePath().normalize() + "/*";
    private static final String SIMULATOR = "org.imsession.simulator.GwsSimulatorMain";
    private static final String MAIN = "org.apache.camel.main.Main";

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /**
     * @param folder   for what both write
     * @param settings the name of a file in {@code routes/bridge}
     * @param variable the variable of the environment that says where to hand over
     * @param address  its value
     */
    Bridge(Path folder, String settings, String variable, String address) throws IOException {
        this.folder = folder;
        int port = freePort();
        java(SIMULATOR, "", variable, address, "--port", String.valueOf(port), "--agents", "alice:secret,bob:secret",
                "--scenario", "chat", "--pace", "200");
        java(MAIN, "http://127.0.0.1:" + port, variable, address, "-pl", "file:routes/bridge/" + settings);
    }

    private void java(String main, String server, String variable, String address, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(
                Paths.get(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-Dim.state-dir=" + folder.resolve("sessions"),
                "-Dim.http.dead-letter-dir=" + folder.resolve("dead-letter"), "-cp", LIB, main));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve(main + ".log").toFile());
        builder.environment().put("IMSESSION_SERVER", server);
        builder.environment().put("IMSESSION_USER", "alice");
        builder.environment().put("IMSESSION_PASSWORD", "secret");
        builder.environment().put(variable, address);
        processes.add(builder.start());
    }

    /** What both processes have printed. */
    String logs() {
        StringBuilder all = new StringBuilder();
        for (String main : Arrays.asList(SIMULATOR, MAIN)) {
            try {
                all.append(new String(Files.readAllBytes(folder.resolve(main + ".log"))));
            } catch (IOException e) {
                all.append(e);
            }
        }
        return all.toString();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }
}
