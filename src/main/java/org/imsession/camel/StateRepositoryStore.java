package org.imsession.camel;

import java.util.Optional;
import org.apache.camel.spi.StateRepository;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.store.FilePositionRepository;

/**
 * Keeps sessions in any {@code StateRepository} of Camel's.
 *
 * @param repository the repository; started by whoever owns it
 */
record StateRepositoryStore(StateRepository<String, String> repository) implements PositionStore {

    /** What stands for a key that is not there, in repositories that cannot remove one. */
    private static final String REMOVED = "removed";

    @Override
    public Optional<String> load(String key) {
        return Optional.ofNullable(repository.getState(key)).filter(text -> !text.equals(REMOVED));
    }

    @Override
    public void save(String key, String text) {
        repository.setState(key, text);
    }

    /** The SPI has no delete; an empty text is as good, and tells that there was something. */
    @Override
    public void delete(String key) {
        repository.setState(key, "");
    }

    /** Nor has it a release; our own repository is the one that locks. */
    @Override
    public void release(String key) {
        if (repository instanceof FilePositionRepository files) {
            files.release(key);
        }
    }

    @Override
    public boolean isReserved(String key) {
        return repository instanceof FilePositionRepository files && files.isReserved(key);
    }

    @Override
    public void remove(String key) {
        if (repository instanceof FilePositionRepository files) {
            files.remove(key);
        } else {
            repository.setState(key, REMOVED);
        }
    }
}
