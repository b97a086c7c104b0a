package org.imsession.simulator.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;

/** A body that has been read already. It is always ready, so no listener need ever be called. */
final class BodyInput extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    BodyInput(byte[] body) {
        this.bytes = new ByteArrayInputStream(body);
    }

    @Override
    public boolean isFinished() {
        return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        // the reader finds everything there when it looks
    }

    @Override
    public int read() {
        return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        return bytes.read(target, offset, length);
    }
}
