package org.imsession.simulator.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imsession.simulator.record.Step;

/**
 * Something that goes wrong, as a value; what can be done to an answer are the {@link AnswerChanges}, named as members
 * of this. A fault {@link OnRequest on the request} happens before the server has handled it, a fault
 * {@link OnAnswer on the answer} afterwards: a {@code /meta/connect} that is held already can still be hit by the
 * latter. A fault hits a whole HTTP request, also when several Bayeux messages travel in it.
 */
public sealed interface Fault extends AnswerChanges {

    /** The server does not handle the request, or not as it should. */
    sealed interface OnRequest extends Fault permits Instead, Hang, DropSession {
    }

    /** The server answers instead of handling the request. */
    sealed interface Instead extends OnRequest permits Answer, BayeuxError, CloseConnection {

        /**
         * The answer.
         *
         * @param request the body of the request
         * @return what is sent
         */
        Outgoing answerTo(byte[] request);
    }

    /** The server has handled the request, but the answer suffers. */
    sealed interface OnAnswer extends Fault permits Withhold, Change {
    }

    /** The answer is changed. */
    sealed interface Change extends OnAnswer permits Cut, LoseAnswer, Delay, Slices, DuplicateEvents,
            ConnectReplyFirst, InsertMessages, RemoveReply, RemoveAck, ShiftAck, ReplaceAdvice, ReplaceReply, Rewrite,
            Prefix, SetCookies, Bomb, Together {

        /**
         * Changes an answer.
         *
         * @param answer the answer
         * @param step   the step at which it is changed
         * @return what is sent
         */
        Outgoing change(Outgoing answer, Step step);
    }

    /**
     * This HTTP answer instead of the right one.
     *
     * @param status  the HTTP status
     * @param headers the headers
     * @param body    the body
     */
    record Answer(int status, Map<String, String> headers, byte[] body) implements Instead {
        @Override
        public Outgoing answerTo(byte[] request) {
            return new Outgoing(status, Map.of(), body).with(headers.entrySet().stream().collect(
                    Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue()))));
        }
    }

    /**
     * A Bayeux error for each message of the request.
     *
     * @param error  the member {@code error}
     * @param advice the JSON text of the member {@code advice}, empty for none
     */
    record BayeuxError(String error, String advice) implements Instead {
        @Override
        public Outgoing answerTo(byte[] request) {
            return new Outgoing(200, Map.of("Content-Type", List.of("application/json")),
                    BayeuxBody.of(request).refused(error, advice));
        }
    }

    /**
     * The connection is closed without an answer, and the request is not handled.
     *
     * @param reset whether by RST instead of FIN
     */
    record CloseConnection(boolean reset) implements Instead {
        @Override
        public Outgoing answerTo(byte[] request) {
            return new Outgoing(200, Map.of(), new byte[0], Delivery.NORMAL.cut(Delivery.NOTHING, reset));
        }
    }

    /** The request is accepted but not handled until the fault is released. */
    record Hang() implements OnRequest {
    }

    /** The Bayeux sessions of the agent are gone, as if they had expired; the request is handled after that. */
    record DropSession() implements OnRequest {
    }

    /** The request is handled, but not answered until the fault is released. */
    record Withhold() implements OnAnswer {
    }

    /**
     * A slow line: the body trickles.
     *
     * @param bytesPerSecond at least 10
     * @return the fault
     */
    static Change slowLine(int bytesPerSecond) {
        int slices = Math.min(20, bytesPerSecond / 10);
        return new Slices(bytesPerSecond / slices, Duration.ofMillis(1000 / slices));
    }

    /**
     * Something in front that cuts answers on a slow line after some time.
     *
     * @param time           from the first byte of the body
     * @param bytesPerSecond how much comes until then, at least 10
     * @return the fault
     */
    static Fault cutAfter(Duration time, int bytesPerSecond) {
        return new Together(List.of(slowLine(bytesPerSecond),
                new Cut((int) (bytesPerSecond * time.toMillis() / 1000), false)));
    }

    /**
     * Something in front that ends a connection on which nothing has come for some time.
     *
     * @param time how long
     * @return the fault
     */
    static Fault cutInSilence(Duration time) {
        return new Together(List.of(new Delay(time), new LoseAnswer(false)));
    }

    /**
     * Cookies beside those of the server, with whatever attributes.
     *
     * @param fields the values of the {@code Set-Cookie} headers, such as {@code route=1; Path=/; Expires=0}
     * @return the fault
     */
    static Change setsCookies(String... fields) {
        return new SetCookies(() -> List.of(fields));
    }

    /**
     * So many cookies that large beside those of the server: a full store, a request head that is too long.
     *
     * @param many   how many
     * @param length how long the value of each is
     * @return the fault
     */
    static Change setsCookies(int many, int length) {
        return setsCookies(IntStream.range(0, many).mapToObj(i -> "c" + i + "=" + "x".repeat(length) + "; Path=/")
                .toArray(String[]::new));
    }

    /** {@return a gateway that sets a cookie of a new name with each answer} */
    static Change newCookieEachTime() {
        AtomicInteger number = new AtomicInteger();
        return new SetCookies(() -> List.of("gateway" + number.incrementAndGet() + "=x; Path=/"));
    }

    /** {@return what a proxy answers that does not accept its user and password; the server has seen nothing} */
    static Fault wantsProxyCredentials() {
        return new Answer(407, Map.of("Proxy-Authenticate", "Basic realm=\"proxy\""), new byte[0]);
    }

    /** {@return a byte order mark and blanks in front of the body, as some servers send them} */
    static Fault byteOrderMark() {
        return new Prefix("\uFEFF\r\n ".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An HTTP error.
     *
     * @param status the status
     * @return the fault
     */
    static Fault status(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    /**
     * An HTTP error that tells when to come again.
     *
     * @param status     the status, 429 or 503
     * @param retryAfter the time, sent in seconds
     * @return the fault
     */
    static Fault retryAfter(int status, Duration retryAfter) {
        return new Answer(status, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())), new byte[0]);
    }

    /** {@return what GWS answers to a request whose HTTP session it does not know} */
    static Fault accessDenied() {
        return json(403, "{\"statusCode\":20,\"statusMessage\":\"Access denied\"}");
    }

    /**
     * Any JSON answer.
     *
     * @param status the HTTP status
     * @param body   the JSON text
     * @return the fault
     */
    static Fault json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A redirect.
     *
     * @param status   the status, such as 302 or 307
     * @param location where to
     * @return the fault
     */
    static Fault redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), new byte[0]);
    }

    /** {@return a login page with status 200, as a single sign-on gateway sends it} */
    static Fault loginPage() {
        return new Answer(200, Map.of("Content-Type", "text/html; charset=UTF-8"),
                "<!DOCTYPE html><html><body><form>Please log in</form></body></html>"
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** {@return an answer of no messages, <code>[]</code>} */
    static Fault emptyArray() {
        return json(200, "[]");
    }

    /**
     * Bytes that mean nothing; the same ones each time.
     *
     * @param bytes how many
     * @return the fault
     */
    static Fault garbage(int bytes) {
        byte[] body = new byte[bytes];
        new Random(bytes).nextBytes(body);
        return new Answer(200, Map.of("Content-Type", "application/json"), body);
    }

    /** {@return a Bayeux 402, the session is not known, with the advice to shake hands anew} */
    static Fault unknownClient() {
        return new BayeuxError("402::Unknown client", "{\"reconnect\":\"handshake\",\"interval\":0}");
    }

    /**
     * Another node has answered, which does not know the session: at {@link Step#SUBSCRIBE} or {@link Step#CONNECT},
     * and with {@link FaultRule#everySecond()} two nodes behind a load balancer that is not sticky.
     *
     * @return the fault
     */
    static Fault otherNode() {
        return unknownClient();
    }

    /** {@return the same of a node that does not even know the login} */
    static Fault otherNodeWithoutLogin() {
        return status(401);
    }

    /**
     * The server ends the session of its own accord, and says why in the reply beside it.
     *
     * @param reason the member {@code error}, such as {@code 402::the node is drained}
     * @return the fault
     */
    static Fault pushedDisconnect(String reason) {
        return new Together(List.of(new ReplaceReply(reason),
                new InsertMessages(List.of("{\"channel\":\"/meta/disconnect\",\"successful\":true}"))));
    }

    /** {@return a server that has no such topic, at {@link Step#SUBSCRIBE_SERVICES}} */
    static Fault noSuchTopic() {
        return bayeuxError("403:channel_not_allowed:create_denied");
    }

    /** {@return a server that has no such resource, at {@link Step#SERVICES}} */
    static Fault noSuchResource() {
        return json(404, "{\"statusCode\":6,\"statusMessage\":\"Resource not found\"}");
    }

    /**
     * A Bayeux error without advice.
     *
     * @param error the member {@code error}, such as {@code 403:denied:subscribe_denied}
     * @return the fault
     */
    static Fault bayeuxError(String error) {
        return new BayeuxError(error, "");
    }

    /**
     * A Bayeux error with the advice not to come again.
     *
     * @param error the member {@code error}, such as {@code 403::Handshake denied}
     * @return the fault
     */
    static Fault reconnectNone(String error) {
        return new BayeuxError(error, "{\"reconnect\":\"none\"}");
    }

    /**
     * One huge event of an IM session more in the answer.
     *
     * @param bytes about how long it is
     * @return the fault
     */
    static Fault oversizeEvent(int bytes) {
        return new InsertMessages(List.of("{\"channel\":\"/v2/me/im-sessions\",\"data\":{\"messageType\":"
                + "\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\",\"imSessionPath\":\"/im-sessions/0\","
                + "\"message\":\"" + "x".repeat(bytes) + "\"}}"));
    }
}
