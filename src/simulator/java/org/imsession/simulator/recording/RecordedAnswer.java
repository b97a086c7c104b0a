package org.imsession.simulator.recording;

import java.util.List;
import org.imsession.simulator.record.Step;

/**
 * One answer of a server to an agent, as it came; a line of a recording.
 *
 * @param millis  when it was whole, in milliseconds since the beginning
 * @param agent   whose it is, by the name that the recording gives it; empty if that was not known
 * @param steps   the steps of the protocol that its request was at, at least one
 * @param path    the path of the request below the API path
 * @param head    what is known of its head
 * @param again   how many events at the front of the batch an answer before had, too: they had not been acknowledged
 * @param batch   the JSON texts of the messages of a Bayeux answer, in order; empty for others
 * @param content the rest: what other answers have
 */
public record RecordedAnswer(long millis, String agent, List<Step> steps, String path, Head head, int again,
                             List<String> batch, Content content) {

    /** What became of an answer. */
    public enum End {
        /** It came as a whole. */
        WHOLE,
        /** It ended too early. */
        CUT,
        /** There was none: the server did not answer, or could not be reached. */
        LOST
    }

    /**
     * What is known of the head of an answer.
     *
     * @param end        what became of the answer
     * @param status     the HTTP status, 0 if there was none
     * @param type       the media type of the body, empty if there was none
     * @param retryAfter when to come again, in seconds, empty if that was not said
     * @param redirects  whether it sent the client elsewhere
     */
    public record Head(End end, int status, String type, String retryAfter, boolean redirects) {
    }

    /**
     * A body that is no list of Bayeux messages.
     *
     * @param json  the JSON text, empty if it is none
     * @param kind  what other text it was: {@code html}, {@code csrf} or {@code other}; empty if there was none
     * @param bytes how long that was
     */
    public record Content(String json, String kind, int bytes) {

        /** No body. */
        public static final Content NONE = new Content("", "", 0);
    }

    public RecordedAnswer {
        steps = List.copyOf(steps);
        batch = List.copyOf(batch);
    }
}
