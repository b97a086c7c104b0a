package org.imsession.simulator.recorder;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;

/** The body of a request on its way to the server. */
record OverheardContent(Request.Content body, Consumer<ByteBuffer> listener) implements Request.Content {

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = body.read();
        if (chunk != null && !Content.Chunk.isFailure(chunk)) {
            listener.accept(chunk.getByteBuffer());
        }
        return chunk;
    }

    @Override
    public String getContentType() {
        return body.getContentType();
    }

    @Override
    public long getLength() {
        return body.getLength();
    }

    @Override
    public void demand(Runnable callback) {
        body.demand(callback);
    }

    @Override
    public void fail(Throwable failure) {
        body.fail(failure);
    }

    @Override
    public boolean rewind() {
        return false; // what has been read is gone, and has been heard
    }
}
