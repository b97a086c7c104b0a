package org.imsession.camel.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file with secrets. Whether it has changed is told by its content and nothing else: a mounted secret may be
 * replaced by one of the same length with the same time stamp.
 */
public final class SecretFile {

    /** No list of agents is longer; what is, is another file, or a device that never ends. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private SecretFile() {
    }

    /**
     * All of the file, links followed. Blocks for the disk.
     *
     * @param file the file, not {@code null}
     * @throws IOException if it cannot be read, or is longer than 16 MiB; the message is free of secrets
     */
    public static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LONGEST + 1);
            if (content.length > LONGEST) {
                throw new IOException("it is longer than 16 MiB");
            }
            return content;
        }
    }
}
