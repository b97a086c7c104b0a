package org.imsession.simulator.recording;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A recording that is being written, for its owner's eyes only. Safe for use by several threads. */
public final class RecordingFile implements AutoCloseable {

    private final BufferedWriter writer;

    private RecordingFile(BufferedWriter writer) {
        this.writer = writer;
    }

    /**
     * Makes a new file.
     *
     * @param file  the file, which must not be there yet
     * @param plain whether texts are kept in it as they were
     * @return the file, to be closed
     * @throws IOException              when it cannot be written
     * @throws IllegalArgumentException when it is there already
     */
    public static RecordingFile create(Path file, boolean plain) throws IOException {
        FileAttribute<?>[] mine = file.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        try {
            RecordingFile made = new RecordingFile(new BufferedWriter(Channels.newWriter(Files.newByteChannel(file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine), StandardCharsets.UTF_8)));
            made.write(RecordingFormat.firstLine(plain));
            return made;
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("The file " + file + " is there already, and is not overwritten; give "
                    + "another name", e);
        }
    }

    /**
     * Adds an answer, and gives it to the operating system.
     *
     * @param answer the answer
     * @throws IOException when it cannot be written
     */
    public void add(RecordedAnswer answer) throws IOException {
        write(RecordingFormat.line(answer));
    }

    private synchronized void write(String line) throws IOException {
        writer.write(line + "\n");
        writer.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
