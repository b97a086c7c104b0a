package org.imsession.camel.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.imsession.camel.spi.PositionInUseException;

/**
 * The lock on what is kept of one agent. POSIX gives it to the process, and takes it away when any channel of the file
 * is closed there, whoever opened it: another repository, or the same class in another class loader, as two
 * applications in one Karaf or Tomcat have it. So a channel is never closed, by us or by the garbage collector, while
 * another one in this process may have the lock.
 */
final class LockFile implements AutoCloseable {

    /** Files locked by this class loader; a second channel of one is not even opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    /** Of files that another class loader has locked: at most one channel for each, for the next attempt. */
    private static final Map<Path, Kept> KEPT = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel channel;

    private LockFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** How a file is opened that need not be there. */
    interface Opening {

        FileChannel open() throws IOException;
    }

    private record Kept(FileChannel channel, CompletableFuture<FileChannel> anchor) {

        /**
         * A timer of the JDK's that never ends refers to the channel, and does so still when this class loader has
         * gone with its statics: else the garbage collector would close it then.
         */
        static Kept of(FileChannel channel) {
            return new Kept(channel, new CompletableFuture<FileChannel>()
                    .completeOnTimeout(channel, Long.MAX_VALUE, TimeUnit.NANOSECONDS));
        }

        void end() {
            anchor.complete(channel);
        }
    }

    /**
     * Takes the lock, without waiting for it.
     *
     * @param path    the file, absolute
     * @param opening opens it
     * @param inUse   what to throw if somebody has it, who is given
     */
    static LockFile take(Path path, Opening opening, Function<String, PositionInUseException> inUse)
            throws IOException {
        synchronized (monitor(path)) {
            if (HELD.contains(path)) {
                throw inUse.apply("another repository of this process");
            }
            LockFile lock = new LockFile(path, locked(path, opening, inUse));
            HELD.add(path);
            return lock;
        }
    }

    /** One for all class loaders: between an attempt and the close after it no other one may get the lock. */
    private static Object monitor(Path path) {
        return (LockFile.class.getName() + " " + path).intern();
    }

    private static FileChannel locked(Path path, Opening opening, Function<String, PositionInUseException> inUse)
            throws IOException {
        Kept kept = KEPT.get(path);
        FileChannel channel = kept == null ? opening.open() : kept.channel();
        try {
            if (channel.tryLock() != null) {
                forget(path);
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            KEPT.computeIfAbsent(path, each -> Kept.of(channel));
            throw inUse.apply("another application in this process");
        } catch (IOException e) {
            forget(path);
            channel.close(); // nobody in this process has the lock, or that would have been told before
            throw e;
        }
        forget(path);
        channel.close();
        throw inUse.apply("another process");
    }

    private static void forget(Path path) {
        Kept kept = KEPT.remove(path);
        if (kept != null) {
            kept.end();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (monitor(path)) {
            HELD.remove(path);
            channel.close();
        }
    }
}
