package org.imsession.camel.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.store.PrivateFolders;

/**
 * A process that makes a private folder below another, on which a volume that all can write is mounted if this is to be
 * and the kernel lets it: for root, and on most machines in a user namespace.
 */
final class VolumeProcess {

    private static final String MOUNT = "mount -t tmpfs -o mode=777 tmpfs \"$0\" && exec \"$@\"";

    private VolumeProcess() {
    }

    public static void main(String[] arguments) {
        new PrivateFolders().setFolders(arguments[0]);
    }

    /** Whether volumes can be mounted here. */
    static boolean mounts(Path volume) throws Exception {
        return mount(volume, "-m", List.of("true")) || mount(volume, "-rm", List.of("true"));
    }

    /** Whether a folder below was made. */
    static boolean makesAFolderBelow(Path volume, boolean mounted) throws Exception {
        List<String> java = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), VolumeProcess.class.getName(), volume.resolve("data").toString());
        return mounted ? mount(volume, "-m", java) || mount(volume, "-rm", java) : run(java);
    }

    private static boolean mount(Path volume, String flags, List<String> command) throws Exception {
        List<String> all = new ArrayList<>(List.of("unshare", flags, "sh", "-c", MOUNT, volume.toString()));
        all.addAll(command);
        return run(all);
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    /** An empty folder that all can write. */
    static Path openFolder(Path parent) throws IOException {
        Path volume = Files.createDirectory(parent.resolve("volume"));
        return Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
}
