package org.imsession.simulator.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.imsession.simulator.record.Step;

/**
 * The answer is compressed, and unpacks to far more than it is on the wire: a JSON text stands in front of its messages,
 * or in a member of its object, so many times. It is never unpacked in memory here.
 *
 * @param json  the JSON text, such as <code>{}</code>
 * @param times how often it comes
 */
public record Bomb(String json, int times) implements Fault.Change {

    /** How much is packed at a time; a call for each of millions of small pieces takes many seconds. */
    private static final int BLOCK = 64 << 10;

    @Override
    public Outgoing change(Outgoing answer, Step step) {
        String each = json + ",";
        int together = Math.max(1, BLOCK / each.length());
        byte[] block = each.repeat(together).getBytes(StandardCharsets.UTF_8);
        byte[] rest = each.repeat(times % together).getBytes(StandardCharsets.UTF_8);
        boolean object = answer.body().length > 0 && answer.body()[0] == '{';
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write((object ? "{\"bomb\":[" : "[").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < times / together; i++) {
                gzip.write(block);
            }
            gzip.write(rest);
            gzip.write((object ? "0]," : "").getBytes(StandardCharsets.UTF_8));
            gzip.write(answer.body(), 1, answer.body().length - 1);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return answer.with(packed.toByteArray()).with(Map.of("Content-Encoding", List.of("gzip")));
    }
}
