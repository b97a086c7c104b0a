package org.imsession.camel.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;

/**
 * What a route got, one line for each exchange, handed to the system in one write, so that it outlives the process: a
 * numbered event, a gap, or anything else. Texts begin with their number; attached data has it under {@link #NUMBER}.
 */
public final class Journal {

    /** The key of attached data that holds the number of the state change. */
    public static final String NUMBER = "number";
    static final String EVENT = "EVENT";
    static final String GAP = "GAP";

    private final FileChannel file;

    public Journal(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Notes an exchange: kind, number or window of the gap, sequence, whether it is marked as redelivered. */
    public void note(Exchange exchange) throws IOException {
        String line = line(exchange.getIn().getBody(), exchange.getIn().getHeader(IMSessionConstants.ORIGIN),
                exchange.getIn().getHeader(IMSessionConstants.SEQUENCE),
                exchange.getIn().getHeader(IMSessionConstants.REDELIVERED)) + "\n";
        file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The line of a body with these headers. */
    public static String line(Object body, Object origin, Object sequence, Object redelivered) {
        return what(body, origin) + "\t" + sequence + "\t" + redelivered;
    }

    private static String what(Object body, Object origin) {
        if (body instanceof IMLogUpdateMessage text) {
            return EVENT + "\t" + text.message().split(" ", 2)[0];
        }
        if (body instanceof FeedGap gap) {
            return GAP + "\t" + gap.from() + "\t" + gap.to() + "\t" + gap.reason();
        }
        // a state change made of a snapshot is no event of the server's
        if (body instanceof IMSessionStateChangeMessage change
                && change.notificationType() == NotificationType.ATTACHED_DATA_CHANGED
                && !"snapshot".equals(origin)
                && change.imSession().userData().get(NUMBER) != null) {
            return EVENT + "\t" + change.imSession().userData().get(NUMBER);
        }
        return "OTHER\t";
    }
}
