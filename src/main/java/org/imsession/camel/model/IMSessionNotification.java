package org.imsession.camel.model;

import java.time.Instant;
import java.util.Optional;
import org.imsession.camel.json.JsonOfModel;

/**
 * Anything that an {@code imsession:} endpoint hands to a route: what the server said
 * ({@link IMSessionStateChangeMessage}, {@link IMLogUpdateMessage}), what it said and nobody understood
 * ({@link UnknownMessage}), and what it may have said unheard ({@link FeedGap}).
 * <p>
 * All implementations are immutable and safe for use by any number of threads. No accessor returns {@code null}, and
 * {@code toString()} never holds a chat text or attached data, so that it is fit for a log line.
 */
@JsonOfModel
public sealed interface IMSessionNotification
        permits IMSessionStateChangeMessage, IMLogUpdateMessage, UnknownMessage, FeedGap {

    /**
     * The discriminator as the server sent it ({@code data.messageType}), for example {@code IMLogUpdateMessage};
     * {@code FeedGap} for a gap, empty if the server sent none.
     */
    String messageType();

    /** The id of the IM session that this is about, or empty if it is about none or names none. */
    String sessionId();

    /**
     * The JSON text of {@code data} exactly as received, to the byte of its UTF-8 form; empty for what did not come
     * off the wire (a {@link FeedGap}, a message that a program made). Where the bytes were no UTF-8, U+FFFD stands for
     * those that say nothing, and the message is an {@link UnknownMessage} whose reason tells.
     */
    String raw();

    /**
     * When the server made the notification: {@code metrics.eventProcessing.serverGenerationTimestamp}, which observed
     * servers add to their messages and the documentation does not mention. Nothing to rely on, and not the time at
     * which a text was written.
     *
     * @return the time by the server's clock; empty if the server sent none
     */
    default Optional<Instant> serverTime() {
        return Optional.empty();
    }
}
