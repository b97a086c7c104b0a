package org.imsession.camel.gws;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.GZIPContentDecoder;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Unpacks the body of one answer, a piece at a time, if it is packed. Done here and not by Jetty's client, which turns
 * for ever, on a thread that all agents share and deaf to any abort, on a gzip body that ends too early (12.1.5). Not for
 * use by several threads.
 */
public final class Unpacker {

    private static final int PIECE = 8192;
    private static final HttpField PACKED = new HttpField(HttpHeader.ACCEPT_ENCODING, "gzip");

    private final Decoder decoder;
    private final Consumer<ByteBuffer> pieces;

    /**
     * @param response whose headers have come
     * @param pieces   takes what is unpacked; what it throws comes to the caller of {@link #accept}
     */
    public Unpacker(Response response, Consumer<ByteBuffer> pieces) {
        String encoding = String.valueOf(response.getHeaders().get(HttpHeader.CONTENT_ENCODING)).strip();
        this.decoder = encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")
                ? new Decoder(pieces) : null;
        this.pieces = pieces;
    }

    /** Lets the server know that it may pack the answer to that request. */
    public static void ask(Request request) {
        request.headers(headers -> headers.put(PACKED));
    }

    /**
     * Takes a piece as it came.
     *
     * @throws ZipException if it cannot be unpacked
     */
    public void accept(ByteBuffer piece) throws ZipException {
        if (decoder == null) {
            pieces.accept(piece);
            return;
        }
        try {
            while (piece.hasRemaining()) {
                decoder.decodeChunks(piece);
            }
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ZipException problem) {
                throw problem;
            }
            throw e;
        }
    }

    /**
     * No more will come; to be called once, whether all has come or not.
     *
     * @throws EOFException if something is missing
     */
    public void end() throws EOFException {
        if (decoder != null) {
            boolean whole = decoder.isFinished();
            decoder.destroy();
            if (!whole) {
                throw new EOFException("the packed answer ends too early");
            }
        }
    }

    private static final class Decoder extends GZIPContentDecoder {

        private final Consumer<ByteBuffer> pieces;

        Decoder(Consumer<ByteBuffer> pieces) {
            super(PIECE);
            this.pieces = pieces;
        }

        @Override
        protected boolean decodedChunk(RetainableByteBuffer chunk) {
            pieces.accept(chunk.getByteBuffer());
            return false;
        }

        @Override
        protected void decodeChunks(ByteBuffer compressed) {
            super.decodeChunks(compressed);
        }
    }
}
