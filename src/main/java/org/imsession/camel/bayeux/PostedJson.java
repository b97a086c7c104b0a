package org.imsession.camel.bayeux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;

/**
 * The body of a request: one piece, which is at hand. Each agent has one all the time, in the connect that the server
 * holds, and Jetty's own bodies bring ten objects for the many ways in which others come. Read by one thread at a time.
 */
final class PostedJson implements Request.Content {

    static final String TYPE = "application/json;charset=UTF-8";

    private final byte[] json;
    private volatile boolean read;
    private volatile Throwable failure;

    PostedJson(String json) {
        this.json = json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String getContentType() {
        return TYPE;
    }

    @Override
    public long getLength() {
        return json.length;
    }

    @Override
    public Content.Chunk read() {
        Throwable why = failure;
        if (why != null) {
            return Content.Chunk.from(why, true);
        }
        if (read) {
            return Content.Chunk.EOF;
        }
        read = true;
        return Content.Chunk.from(ByteBuffer.wrap(json), true);
    }

    /** There is never anything to wait for. */
    @Override
    public void demand(Runnable available) {
        available.run();
    }

    @Override
    public void fail(Throwable why) {
        failure = why;
    }

    /** Sent again from its beginning, with the credentials of a proxy for example. */
    @Override
    public boolean rewind() {
        read = false;
        return failure == null;
    }
}
