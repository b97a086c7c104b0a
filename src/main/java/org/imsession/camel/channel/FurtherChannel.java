package org.imsession.camel.channel;

import java.util.Optional;
import java.util.function.Consumer;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.gws.GwsSession;

/**
 * A channel beside the topic, which several feeds can carry and one need subscribe to. Its events are told here and
 * nowhere else, and end at once, so that they keep no acknowledgement back. Called by the threads of feeds, of several
 * at the same time; must return at once.
 */
public interface FurtherChannel {

    /** No channel: nothing is subscribed to, nobody is told. */
    FurtherChannel NONE = new FurtherChannel() {

        @Override
        public String name() {
            return "";
        }

        @Override
        public void live(Carrier carrier) {
        }

        @Override
        public void gone(Carrier carrier) {
        }

        @Override
        public void heldBack(Carrier carrier) {
        }

        @Override
        public void heard(byte[] data) {
        }
    };

    /** The channel, such as {@code /notifications/services}. */
    String name();

    /** A feed has a new Bayeux session that is live. */
    void live(Carrier carrier);

    /** The session of a feed is over. */
    void gone(Carrier carrier);

    /** A connect of a feed is held back while a route is at work: until it leaves, no event comes. */
    void heldBack(Carrier carrier);

    /**
     * An event of the channel.
     *
     * @param data as it came, not to be changed
     */
    void heard(byte[] data);

    /** A feed that can carry the channel. */
    interface Carrier {

        /**
         * Subscribes to the channel within the session of the feed; what comes of it does not matter to the feed.
         *
         * @param done hears why it failed, if it did; called by a thread of the HTTP client
         * @return whether that has left; else it may take as long as the server holds a connect
         */
        boolean subscribe(Consumer<Optional<BayeuxFailure>> done);

        /** The login of the feed. */
        GwsSession gws();

        /** The number of the connect that is held back now, 0 if none is. */
        long holding();

        /** Runs something in so many milliseconds; never, if the feed's threads are gone by then. */
        void later(long millis, Runnable task);

        /**
         * From now on the server may have nothing to send, although the feed is live; does nothing when told again.
         *
         * @param why one line for an operator
         */
        void muted(String why);

        /** The server has what to send again. */
        void unmuted();
    }
}
