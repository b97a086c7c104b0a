package org.imsession.camel.feed;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.imsession.camel.bayeux.PositionKeeper;
import org.imsession.camel.bayeux.SessionPosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps where a feed stands in a {@link SessionStore}, on the keepers, in order. A store that fails costs the
 * resumption, never the feed: what it holds is deleted, for a position that is too old would count events wrong.
 */
final class SessionKeeper implements PositionKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
    /** How old the time may become which is the beginning of the gap after a crash, if there is no session to resume. */
    private static final Duration REFRESH = Duration.ofSeconds(60);

    private final FeedSettings settings;
    private final FeedThreads threads;
    private final SessionStore store;
    private final HttpCookieStore cookies;
    private final URI address;
    private final UntoldGaps untold;
    private final SerialExecutor serial;
    private SessionPosition last;
    private Instant lastSaved = Instant.EPOCH;
    private volatile boolean failing;
    private boolean released;

    SessionKeeper(FeedSettings settings, FeedThreads threads, SessionStore store, HttpCookieStore cookies,
                  UntoldGaps untold) {
        this.settings = settings;
        this.threads = threads;
        this.store = store;
        this.cookies = cookies;
        this.untold = untold;
        this.address = URI.create(settings.bayeux().url());
        this.serial = new SerialExecutor(threads.keepers());
    }

    boolean keeps() {
        return store != SessionStore.NONE;
    }

    /** Whether the store could not be written to when it last mattered. */
    boolean failing() {
        return failing;
    }

    void check() {
        store.load(key());
    }

    /** What an earlier process left. */
    CompletableFuture<Found> load() {
        CompletableFuture<Found> found = new CompletableFuture<>();
        if (keeps()) {
            serial.execute(() -> {
                released = false;
                found.complete(read());
            });
        } else {
            found.complete(new Found(null, ""));
        }
        return found;
    }

    private Found read() {
        try {
            Optional<String> text = store.load(key());
            if (text.isEmpty()) {
                return new Found(null, "");
            }
            if (text.get().isEmpty()) {
                return new Found(null, "the last position could not be kept");
            }
            SavedSession saved = SavedSession.decode(text.get(), settings.agent(), settings.server());
            saved.cookies().forEach((name, value) -> cookies.add(address, HttpCookie.from(name, value)));
            return new Found(saved, "");
        } catch (IllegalArgumentException e) {
            LOG.warn("IMS-007 agent={} server={} what the last process kept cannot be used: {}, key {}. A new session is"
                    + " made, and a gap reported", settings.agent(), settings.server(), e.getMessage(), key());
            return new Found(null, "the kept position was unreadable: " + e.getMessage());
        } catch (RuntimeException e) {
            failed(e);
            return new Found(null, "the kept position could not be read");
        }
    }

    /**
     * What was found.
     *
     * @param saved   the session, {@code null} if there is none that can be used
     * @param problem why what was there cannot be used, empty if nothing was or it can
     */
    record Found(SavedSession saved, String problem) {
    }

    @Override
    public void keep(SessionPosition position, Runnable then) {
        if (!keeps()) {
            then.run();
            return;
        }
        serial.execute(() -> {
            write(position);
            then.run();
        });
    }

    /** Notes until when all is well in a session that cannot be resumed; now and then that is saved. */
    void settled(Instant settled) {
        if (keeps()) {
            serial.execute(() -> {
                if (lastSaved.plus(REFRESH).isBefore(threads.clock().instant())) {
                    write(new SessionPosition("", 0, 0, settled));
                }
            });
        }
    }

    /** Notes that a session which cannot be resumed is live, so that the next process knows of the gap. */
    void unresumable(Instant settled) {
        keep(new SessionPosition("", 0, 0, settled), () -> { });
    }

    /** Saves anew what was saved last, because there is no more gap to tell. */
    void told() {
        if (keeps()) {
            serial.execute(() -> {
                if (last != null) {
                    write(last);
                }
            });
        }
    }

    /** Lets go of the store until the next {@link #load()}: what ends late would undo what the next owner has kept. */
    CompletableFuture<Void> release() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (keeps()) {
            serial.execute(() -> {
                released = true;
                try {
                    store.release(key());
                } finally {
                    done.complete(null);
                }
            });
        } else {
            done.complete(null);
        }
        return done;
    }

    private void write(SessionPosition position) {
        if (released) {
            return;
        }
        try {
            Map<String, String> jar = new LinkedHashMap<>();
            cookies.match(address).forEach(cookie -> jar.put(cookie.getName(), cookie.getValue()));
            Instant now = threads.clock().instant();
            store.save(key(), new SavedSession(settings.agent(), settings.server(), position, jar,
                    untold.earliest()).encode());
            last = position;
            lastSaved = now;
            if (failing) {
                failing = false;
                LOG.info("IMS-008 agent={} server={} the position can be kept again", settings.agent(),
                        settings.server());
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException failure) {
        if (!failing) {
            failing = true;
            LOG.warn("IMS-008 agent={} server={} the position cannot be kept, so a crash now would end in a gap: {}."
                    + " The feed goes on", settings.agent(), settings.server(), failure.toString());
        }
        try {
            store.delete(key());
        } catch (RuntimeException e) {
            LOG.debug("agent={} the old position could not be deleted either: {}", settings.agent(), e.toString());
        }
    }

    private String key() {
        return settings.agent() + "@" + settings.server();
    }
}
