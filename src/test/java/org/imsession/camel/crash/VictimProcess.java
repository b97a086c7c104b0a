package org.imsession.camel.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts and stops processes of the {@link Victim}. */
final class VictimProcess {

    private VictimProcess() {
    }

    /**
     * @param options more options of the endpoint, each with an ampersand in front
     */
    static Process start(String url, Path folder, KillPoint point, int passes, String options) throws IOException {
        return ChildJvm.of(Victim.class, url, folder.toString(), point.name(), String.valueOf(passes), options)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("victims.log").toFile())).start();
    }

    /** Lets it stand still, as {@code kill -STOP} does, until {@link #thaw}. */
    static void freeze(Process victim) throws IOException, InterruptedException {
        signal(victim, "-STOP");
    }

    static void thaw(Process victim) throws IOException, InterruptedException {
        signal(victim, "-CONT");
    }

    private static void signal(Process victim, String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", signal, String.valueOf(victim.pid())).start().waitFor();
        if (status != 0) {
            throw new IOException("kill " + signal + " failed with status " + status);
        }
    }

    /** What the victims have logged. */
    static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("victims.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
