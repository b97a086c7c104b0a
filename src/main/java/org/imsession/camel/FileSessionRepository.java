package org.imsession.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.imsession.camel.model.SafeFileName;

/**
 * A {@code StateRepository} with a file for each key in a folder, readable by its owner only. A text is written beside
 * the old one and moved over it, so that a crash leaves one or the other. A key in use is locked, so that two processes
 * do not follow one agent with one state; the lock goes with the process, however it ends.
 */
public class FileSessionRepository extends ServiceSupport implements StateRepository<String, String> {

    private final Map<String, FileChannel> locks = new ConcurrentHashMap<>();
    private Path folder;

    public FileSessionRepository() {
        // for registries; call setFolder
    }

    /**
     * @param folder where the files are; made if it does not exist
     */
    public FileSessionRepository(Path folder) {
        this.folder = folder;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (folder == null) {
            throw new IllegalArgumentException("The session repository has no folder; set one");
        }
        try {
            Files.createDirectories(folder, mode("rwx------"));
            Files.delete(Files.createTempFile(folder, ".probe", ".tmp", mode("rw-------")));
        } catch (FileSystemException e) {
            throw new IllegalStateException("The folder " + folder.toAbsolutePath() + " of the session repository cannot"
                    + " be written to (" + e.getClass().getSimpleName() + "); give the process the right to", e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        for (FileChannel lock : locks.values()) {
            lock.close();
        }
        locks.clear();
        super.doStop();
    }

    @Override
    public String getState(String key) {
        lock(key);
        try {
            return Files.readString(file(key), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        } catch (MalformedInputException e) {
            return "unreadable";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void setState(String key, String value) {
        lock(key);
        try {
            Path temporary = folder.resolve(SafeFileName.of(key) + ".tmp");
            Files.deleteIfExists(temporary);
            try (FileChannel out = FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE), mode("rw-------"))) {
                write(out, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
            }
            Files.move(temporary, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a key and its lock, because nobody is going to ask for it again. */
    void remove(String key) {
        lock(key);
        try {
            Files.deleteIfExists(file(key));
            Files.deleteIfExists(folder.resolve(SafeFileName.of(key) + ".lock"));
            FileChannel lock = locks.remove(key);
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A method of its own, so that a test can end the process in the middle of it. */
    void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private Path file(String key) {
        return folder.resolve(SafeFileName.of(key) + ".session");
    }

    private void lock(String key) {
        locks.computeIfAbsent(key, each -> {
            Path path = folder.resolve(SafeFileName.of(each) + ".lock");
            try {
                FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE), mode("rw-------"));
                if (channel.tryLock() == null) {
                    channel.close();
                    throw new IllegalStateException("The session of " + each + " in " + folder.toAbsolutePath()
                            + " is in use by another process");
                }
                return channel;
            } catch (OverlappingFileLockException e) {
                throw new IllegalStateException("The session of " + each + " in " + folder.toAbsolutePath()
                        + " is in use by another repository of this process", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private FileAttribute<?>[] mode(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }

    public String getFolder() {
        return folder == null ? null : folder.toString();
    }

    /** A text and not a path, because Camel's registries, properties and XML set beans by text. */
    public void setFolder(String folder) {
        this.folder = Path.of(folder);
    }
}
