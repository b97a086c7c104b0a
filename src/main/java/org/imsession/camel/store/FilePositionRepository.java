package org.imsession.camel.store;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import org.imsession.camel.files.FileRights;
import org.imsession.camel.files.FolderTrouble;
import org.imsession.camel.files.ForeignFileException;
import org.imsession.camel.spi.PositionInUseException;
import org.imsession.camel.text.SafeFileName;

/**
 * A {@code StateRepository} with a file for each key in a folder that nobody else can enter; one that others own or can
 * enter is refused. A text is written beside
 * the old one and moved over it, so that a crash leaves one or the other. A key in use is locked, so that two processes
 * do not follow one agent with one state: the second waits. The lock goes when the feed is stopped, or with the
 * process, however it ends.
 */
public class FilePositionRepository extends ServiceSupport implements StateRepository<String, String> {

    private final Map<String, Held> locks = new ConcurrentHashMap<>();
    private Path folder;
    private volatile boolean stopped;

    /**
     * A lock, and how many calls are at work under it: what hangs in one would else overwrite what the next owner
     * keeps.
     */
    private static final class Held {

        private final LockFile lock;
        private int calls;
        private boolean leaving;

        Held(LockFile lock) {
            this.lock = lock;
        }
    }

    public FilePositionRepository() {
        // for registries; call setFolder
    }

    /**
     * @param folder where the files are; made if it does not exist
     */
    public FilePositionRepository(Path folder) {
        this.folder = folder;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (folder == null) {
            throw new IllegalArgumentException("The session repository has no folder; set one");
        }
        try {
            FileRights.ofThisUser().makePrivate(folder);
            Files.delete(Files.createTempFile(folder, ".probe", ".tmp", mode("rw-------")));
        } catch (ForeignFileException e) {
            throw new IllegalStateException("The folder of the session repository is not safe: " + e.getMessage(), e);
        } catch (FileSystemException e) {
            throw new IllegalStateException("The folder " + folder.toAbsolutePath() + " of the session repository "
                    + FolderTrouble.of(folder, e), e);
        }
        stopped = false;
    }

    @Override
    protected void doStop() throws Exception {
        stopped = true;
        locks.keySet().forEach(this::release);
        super.doStop();
    }

    @Override
    public String getState(String key) {
        lock(key);
        try {
            return read(file(key));
        } catch (NoSuchFileException e) {
            return null;
        } catch (MalformedInputException e) {
            return "unreadable";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            done(key);
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
        } finally {
            done(key);
        }
    }

    private static String read(Path file) throws IOException {
        try (Reader reader = new InputStreamReader(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS),
                StandardCharsets.UTF_8.newDecoder())) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
    }

    /** What comes late is done under the lock, if that is still to be had, and nobody would let go of it again. */
    private void done(String key) {
        locks.computeIfPresent(key, (each, held) -> {
            held.calls--;
            return held.calls == 0 && (held.leaving || stopped) ? close(held) : held;
        });
    }

    /**
     * Removes a key, because nobody is going to ask for it again. The lock file stays: to remove it would give the lock
     * of whoever has just opened it to a second one.
     *
     * @param key what the text was kept under, not {@code null}
     */
    public void remove(String key) {
        lock(key);
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release(key);
            done(key);
        }
    }

    /** A method of its own, so that a test can end the process in the middle of it. */
    void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /**
     * Lets another process, or another repository of this one, use the key, as soon as no call is at work on it: it may
     * hang, and would overwrite what the other has kept. The next use of it here takes it again.
     *
     * @param key what a text is kept under, not {@code null}
     */
    public void release(String key) {
        locks.computeIfPresent(key, (each, held) -> {
            held.leaving = true;
            return held.calls == 0 ? close(held) : held;
        });
    }

    private static Held close(Held held) {
        try {
            held.lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }

    /**
     * Whether this repository has the lock of the key.
     *
     * @param key what a text is kept under, not {@code null}
     */
    public boolean isReserved(String key) {
        return locks.containsKey(key);
    }

    private Path lockFile(String key) {
        return folder.toAbsolutePath().normalize().resolve(SafeFileName.of(key) + ".lock");
    }

    private Path file(String key) {
        return folder.resolve(SafeFileName.of(key) + ".session");
    }

    private void lock(String key) {
        locks.compute(key, (each, known) -> {
            Held held = known == null ? take(each) : known;
            held.leaving = false;
            held.calls++;
            return held;
        });
    }

    private Held take(String key) {
        Path path = lockFile(key);
        try {
            return new Held(LockFile.take(path, () -> open(path), owner -> inUse(key, owner)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A method of its own, so that a test can give a file that cannot be locked. */
    FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS), mode("rw-------"));
    }

    private PositionInUseException inUse(String key, String owner) {
        return new PositionInUseException("The session of " + key + " in " + folder.toAbsolutePath() + " is in use by "
                + owner);
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
