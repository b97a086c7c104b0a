package org.imsession.camel.samples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk for H2, {@code jdbc:h2:frail:...}, that can be full. One for all databases of the process. */
public final class FrailDisk extends FilePathWrapper {

    static final String NAME = "frail";
    private static volatile boolean full;

    /** Before the first database on it is opened. */
    static void mount() {
        full = false;
        FilePath.register(new FrailDisk());
    }

    static void full(boolean now) {
        full = now;
    }

    @Override
    public String getScheme() {
        return NAME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode));
    }

    private static final class Channel extends FileBase {

        private final FileChannel disk;

        Channel(FileChannel disk) {
            this.disk = disk;
        }

        private static void write() throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            return disk.read(buffer);
        }

        @Override
        public int read(ByteBuffer buffer, long position) throws IOException {
            return disk.read(buffer, position);
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            write();
            return disk.write(buffer);
        }

        @Override
        public int write(ByteBuffer buffer, long position) throws IOException {
            write();
            return disk.write(buffer, position);
        }

        @Override
        public long position() throws IOException {
            return disk.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            disk.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return disk.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            disk.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            write();
            disk.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return disk.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            disk.close();
        }
    }
}
