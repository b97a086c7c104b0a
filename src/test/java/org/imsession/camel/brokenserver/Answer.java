package org.imsession.camel.brokenserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** A complete answer, correct unless its headers make it wrong. Immutable. */
public final class Answer implements Lie {

    private final int status;
    private final String headers;
    private final byte[] body;

    private Answer(int status, String headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public static Answer json(int status, String json) {
        return new Answer(status, "Content-Type: application/json;charset=UTF-8\r\n", utf8(json));
    }

    public static Answer html(int status, String page) {
        return new Answer(status, "Content-Type: text/html;charset=UTF-8\r\n", utf8(page));
    }

    /** No body. */
    public static Answer status(int status) {
        return new Answer(status, "", new byte[0]);
    }

    public static Answer redirect(int status, String location) {
        return status(status).header("Location", location);
    }

    /** One more header field, also of a name that is there already. */
    public Answer header(String name, String value) {
        return new Answer(status, headers + name + ": " + value + "\r\n", body);
    }

    /** The same answer, compressed. */
    public Answer gzipped() {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(status, headers + "Content-Encoding: gzip\r\n", zipped.toByteArray());
    }

    /** What goes over the wire, to be cut or sliced. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(utf8("HTTP/1.1 " + status + " Whatever\r\n" + headers
                + "Content-Length: " + body.length + "\r\n\r\n"));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** The first bytes of it, then the end of the connection. */
    public Lie cutAfter(int length) {
        return (request, wire) -> {
            wire.write(Arrays.copyOf(bytes(), length));
            wire.close();
        };
    }

    @Override
    public void tell(Heard request, Wire wire) throws IOException {
        wire.write(bytes());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
