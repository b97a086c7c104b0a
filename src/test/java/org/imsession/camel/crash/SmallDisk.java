package org.imsession.camel.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with a disk that can really be full: a tmpfs of 64 KiB in a mount namespace of its own, which root may
 * make, and on most machines anybody in a user namespace. Where neither is allowed the kernel refuses the process to
 * write files instead ({@code prlimit --fsize}), which needs no right.
 */
final class SmallDisk implements AutoCloseable {

    private static final String MOUNT = "mount -t tmpfs -o size=64k,mode=700 tmpfs \"$0\" && exec \"$@\"";
    private static final int PAGE = 4096;

    private final Path folder;
    private final boolean mounted;
    private final Process process;

    /**
     * @param folder an empty folder, which is the disk
     * @param log    where the process writes its log
     */
    SmallDisk(Path folder, Path log, List<String> java) throws IOException, InterruptedException {
        this.folder = folder;
        List<String> command = new ArrayList<>();
        for (String flags : new String[] { "-m", "-rm" }) {
            List<String> enter = List.of("unshare", flags, "sh", "-c", MOUNT, folder.toString());
            if (command.isEmpty() && works(enter)) {
                command.addAll(enter);
            }
        }
        this.mounted = !command.isEmpty();
        command.addAll(java);
        this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    }

    private static boolean works(List<String> enter) throws InterruptedException {
        List<String> probe = new ArrayList<>(enter);
        probe.add("true");
        try {
            Process tried = new ProcessBuilder(probe).redirectErrorStream(true).start();
            return tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    Process process() {
        return process;
    }

    /** What is between this process and a full disk, for the report of the test. */
    String kind() {
        return mounted ? "tmpfs" : "prlimit";
    }

    /** From now on nothing can be written. */
    void fill() throws IOException, InterruptedException {
        if (!mounted) {
            limit("0");
            return;
        }
        try (OutputStream filler = Files.newOutputStream(inside("filler"))) {
            while (true) {
                filler.write(new byte[PAGE]);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** There is space again. */
    void clear() throws IOException, InterruptedException {
        if (mounted) {
            Files.delete(inside("filler"));
        } else {
            limit("unlimited");
        }
    }

    /** The file as the process sees it. */
    private Path inside(String name) {
        return Path.of("/proc/" + process.pid() + "/root" + folder.resolve(name));
    }

    private void limit(String soft) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + soft + ":")
                .inheritIO().start();
        if (prlimit.waitFor() != 0) {
            throw new IOException("prlimit failed with status " + prlimit.exitValue());
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
