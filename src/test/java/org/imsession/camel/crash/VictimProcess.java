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

    /** What the victims have logged. */
    static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("victims.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
