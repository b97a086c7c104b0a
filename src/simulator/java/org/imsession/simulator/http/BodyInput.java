package org.imsession.simulator.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A body that has been read already. It is always ready, and says so to its listener once: CometD 8 waits for that. */
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
        try {
            listener.onDataAvailable();
        } catch (IOException e) {
            listener.onError(e);
        }
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
