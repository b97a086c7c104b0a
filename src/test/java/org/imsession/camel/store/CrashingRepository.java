package org.imsession.camel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A repository that calls out before, in the middle of, and after writing, so that the process can be killed there. */
public final class CrashingRepository extends FilePositionRepository {

    /** Where a write is. */
    public enum Moment { BEFORE, WITHIN, AFTER }

    /** Hears where a write is. */
    public interface Listener {

        void at(Moment moment);
    }

    private final Listener listener;

    public CrashingRepository(Path folder, Listener listener) {
        super(folder);
        this.listener = listener;
    }

    @Override
    public void setState(String key, String value) {
        listener.at(Moment.BEFORE);
        super.setState(key, value);
        listener.at(Moment.AFTER);
    }

    @Override
    void write(FileChannel out, ByteBuffer bytes) throws IOException {
        int all = bytes.limit();
        bytes.limit(all / 2);
        super.write(out, bytes);
        listener.at(Moment.WITHIN);
        bytes.limit(all);
        super.write(out, bytes);
    }
}
