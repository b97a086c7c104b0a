package org.imsession.camel.position;

import java.util.Optional;
import org.imsession.camel.spi.PositionInUseException;

/**
 * Where sessions are kept for the next process: a map from key to text that outlives this one. Called by the keepers,
 * one call at a time for each key; may block, may fail with any unchecked exception. One that does not answer within
 * {@link StoreCalls#LIMIT} counts as one that fails.
 */
public interface PositionStore {

    /** Keeps nothing. */
    PositionStore NONE = new PositionStore() {
        @Override
        public Optional<String> load(String key) {
            return Optional.empty();
        }

        @Override
        public void save(String key, String text) {
            // nowhere to
        }

        @Override
        public void delete(String key) {
            // nothing there
        }
    };

    /**
     * The text that was saved last for that key; an empty one if it may have been forgotten since.
     *
     * @throws PositionInUseException if somebody else has reserved the key; to be tried again
     */
    Optional<String> load(String key);

    /** Saves a text: after a crash, either this one or the one before is loaded. */
    void save(String key, String text);

    /** Forgets the key; what is loaded for it next may say that there was something. */
    void delete(String key);

    /** Removes the key, as if it had never been there. */
    default void remove(String key) {
        delete(key);
    }

    /**
     * Whether this process has reserved the key, so that no other can load it. Does not block.
     */
    default boolean isReserved(String key) {
        return false;
    }

    /**
     * Says that nobody here uses the key any more, so that another process may. Loading or saving takes it up again.
     */
    default void release(String key) {
        // a store that reserves nothing has nothing to give back
    }
}
