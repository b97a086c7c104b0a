package org.imsession.camel.bayeux;

import java.util.concurrent.ScheduledExecutorService;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSession;
import org.cometd.client.BayeuxClient;
import org.cometd.client.transport.ClientTransport;
import org.imsession.camel.threads.Timers;

/**
 * CometD's client with one change of policy: within a session it retries when and how it is told to, and when the
 * session is over it stops, where the original would shake hands again at once and, with a server that accepts
 * handshakes and refuses connects, do so hundreds of times a second. One instance serves an agent for its life, because
 * each creates a logger that is never collected.
 */
final class AgentClient extends BayeuxClient {

    private final ScheduledExecutorService timers;
    private final Owner owner;
    private final Failures failures;
    private volatile int generation;

    /** Decides about failures and hears the end. */
    interface Owner {

        /** A handshake or a disconnect failed; the client stops. */
        void failed(BayeuxFailure failure);

        /** A connect failed; must call {@code retry} once. */
        void interrupted(BayeuxFailure failure, BayeuxSessionListener.Retry retry);

        /** A request has been answered, or has failed. */
        void answered(Message reply);

        /** How long the next connect waits beyond what the server asked for, in milliseconds. */
        long pauseMillis();

        /** The client has stopped and can be started again. */
        void terminated();
    }

    AgentClient(String url, ScheduledExecutorService timers, ClientTransport transport, Failures failures,
                Owner owner) {
        super(url, timers, transport);
        this.timers = timers;
        this.owner = owner;
        this.failures = failures;
    }

    @Override
    protected Message.Mutable newMessage() {
        return new Reply();
    }

    /**
     * Subscribes to a channel.
     *
     * @param answered hears how that ended; the events of the channel do not come this way
     */
    void subscribe(String channel, ClientSession.MessageListener answered) {
        Message.Mutable request = newMessage();
        request.setId(newMessageId());
        request.setChannel(Channel.META_SUBSCRIBE);
        request.put(Message.SUBSCRIPTION_FIELD, channel);
        registerCallback(request.getId(), answered);
        send(request);
    }

    /**
     * Tells who has sent the request, and the owner. The original looks for listeners by channel and by each pattern
     * that fits it, and keeps a channel for each of these, which were a tenth of what an idle agent needs of the heap.
     */
    @Override
    protected void notifyListeners(Message.Mutable reply) {
        ClientSession.MessageListener sender = unregisterCallback(reply.getId());
        if (sender != null) {
            notifyCallback(sender, reply);
        }
        notifyCallback(owner::answered, reply);
    }

    @Override
    protected void onTransportFailure(Message message, ClientTransport.FailureInfo info,
                                      ClientTransport.FailureHandler handler) {
        BayeuxFailure failure = failures.of(message, info.cause);
        if (Channel.META_CONNECT.equals(message.getChannel()) && !isDisconnected() && survives(failure)) {
            owner.interrupted(failure, new BayeuxSessionListener.Retry() {
                @Override
                public void after(long millis) {
                    handle(Message.RECONNECT_RETRY_VALUE, millis);
                }

                @Override
                public void never() {
                    owner.failed(failure);
                    handle(Message.RECONNECT_NONE_VALUE, 0);
                }

                private void handle(String action, long delay) {
                    info.action = action;
                    info.delay = delay;
                    handler.handle(info);
                }
            });
            return;
        }
        owner.failed(failure);
        info.action = Message.RECONNECT_NONE_VALUE;
        handler.handle(info);
    }

    private static boolean survives(BayeuxFailure failure) {
        return failure.kind() != BayeuxFailure.Kind.SESSION_UNKNOWN
                && failure.kind() != BayeuxFailure.Kind.SESSION_ENDED;
    }

    /**
     * As the original, but at the owner's pace, and a connect of a session that is over by then is not sent. One that
     * follows the answer to the one before wakes no thread for that: it is written on this one, or held back, and sent
     * by whoever ends what it waits for.
     */
    @Override
    protected boolean scheduleConnect(long interval, long backOff) {
        long pause = Math.max(interval + backOff, owner.pauseMillis());
        if (pause == 0 && isConnected()) {
            sendConnect();
            return true;
        }
        int scheduled = generation;
        return Timers.after(timers, pause, () -> {
            if (scheduled == generation) {
                sendConnect();
            }
        }) != Timers.NONE;
    }

    @Override
    protected void terminate(Throwable failure) {
        generation++;
        super.terminate(failure);
        owner.terminated();
    }
}
