package org.imsession.camel.position;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.imsession.camel.bayeux.PositionKeeper;
import org.imsession.camel.bayeux.SessionPosition;
import org.imsession.camel.model.LogText;
import org.imsession.camel.spi.PositionInUseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps where a feed stands in a {@link PositionStore}, on the keepers, in order. A store that fails, or does not answer
 * in time, costs the resumption, never the feed: what a failing one holds is deleted, and what a hanging one holds is
 * replaced as soon as it answers, for a position that is too old would count events wrong.
 */
public final class PositionSaver implements PositionKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(PositionSaver.class);
    /** How old the beginning of the gap after a crash may become, if there is no session to resume. */
    private static final Duration REFRESH = Duration.ofSeconds(60);

    /** A full disk takes every other position: what is deleted makes room for one. That is told once. */
    private static final int STEADY = 3;

    private final Owner owner;
    private final InstantSource clock;
    private final PositionStore store;
    private final HttpCookieStore cookies;
    private volatile Marks marks;
    private final StoreCalls calls; // null where nothing is kept
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean failing;
    private final AtomicReference<Wish> wish = new AtomicReference<>();
    private volatile Instant lastSaved = Instant.EPOCH;
    private Wish written;
    private boolean released;
    private long version;
    /** What is kept with that version is known here, for it was kept or {@linkplain #takenOver taken over} here. */
    private volatile long known;
    private volatile boolean toldFailing;
    private volatile String failure = "";
    private int inARow;

    /** What is to be kept; each is another one, also with the same position. */
    private static final class Wish {

        private final SessionPosition position;

        Wish(SessionPosition position) {
            this.position = position;
        }
    }

    /**
     * @param scheduler runs the limits of calls
     * @param keepers   call the store
     * @param clock     the time of day
     * @param cookies   those of the agent, which are kept with the position and taken back with it
     */
    public PositionSaver(Owner owner, ScheduledExecutorService scheduler, Executor keepers, InstantSource clock,
                         PositionStore store, HttpCookieStore cookies) {
        this.owner = owner;
        this.clock = clock;
        this.store = store;
        this.cookies = cookies;
        this.calls = keeps() ? new StoreCalls(scheduler, keepers) : null;
    }

    /** What is kept with each position; to be told before the first one is kept. */
    public void marks(Marks ledger) {
        marks = ledger;
    }

    /** Whether there is a store at all. */
    public boolean keeps() {
        return store != PositionStore.NONE;
    }

    /** Whether no other process can have taken over what is kept, however long this one has slept. */
    public boolean isAlone() {
        return !keeps() || store.isReserved(key());
    }

    /** Whether the store could not be written to when it last mattered. */
    public boolean failing() {
        return failing;
    }

    /** Why the position cannot be kept, as an operator has been told; empty if it can, and steadily. */
    public String failure() {
        return toldFailing ? failure : "";
    }

    /** Waits for the store. */
    public void check() {
        if (!keeps()) {
            return;
        }
        try {
            calls.call(() -> store.load(key())).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof PositionInUseException)) { // that the feed waits for
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    /**
     * What an earlier process left. Fails with a {@link PositionInUseException} only, if that process is still there.
     */
    public CompletableFuture<Found> load() {
        if (!keeps()) {
            return CompletableFuture.completedFuture(new Found(null, "", true));
        }
        return calls.call(() -> {
            released = false;
            wish.set(null); // an old position must not take the place of what another process has kept since
            try {
                return store.load(key());
            } catch (PositionInUseException e) {
                released = true;
                throw e;
            }
        }).handle((text, failure) -> {
            if (failure instanceof PositionInUseException inUse) {
                throw inUse;
            }
            if (failure != null) {
                cannotKeep(failure);
                calls.later(this::delete); // what could not be read must not be resumed by a later process
                return new Found(null, "the kept position could not be read", true);
            }
            return text.isPresent() ? read(text.get())
                    : new Found(null, version == 0 ? "" : "what had been kept is no longer there", true);
        });
    }

    private Found read(String text) {
        if (text.isEmpty()) {
            return new Found(null, "the last position could not be kept", true);
        }
        try {
            SavedPosition saved = SavedPosition.decode(text, owner.agent(), owner.server());
            // Without its session the cookie of a browser would have the server take the next one for a second one of
            // that browser, beside the one that it still has. For the whole server, as nearly every cookie is: what
            // the server sets anew takes its place.
            saved.resumable().ifPresent(position -> saved.cookies().forEach((name, value) ->
                    cookies.add(owner.address(), HttpCookie.build(name, value).path("/").build())));
            boolean ours = known > 0 && saved.version() == known;
            version = saved.version();
            return new Found(saved, "", ours);
        } catch (IllegalArgumentException e) {
            LOG.warn("IMS-007 agent={} server={} what the last process kept cannot be used: {}, key {}. A new session"
                    + " is made, and a gap reported", owner.agent(), owner.server(), LogText.line(e.getMessage()), key());
            return new Found(null, "the kept position was unreadable: " + e.getMessage(), true);
        }
    }

    /**
     * What was found.
     *
     * @param saved   the session, {@code null} if there is none that can be used
     * @param problem why what was there cannot be used, empty if nothing was or it can
     * @param ours    whether nobody has kept anything since this process did, or took over what was there
     */
    public record Found(SavedPosition saved, String problem, boolean ours) {
    }

    /** The feed goes on with what was found; it may have been stopped before it heard of that. */
    public void takenOver(Found found) {
        known = found.saved() == null ? known : found.saved().version();
    }

    @Override
    public void keep(SessionPosition position, Runnable then) {
        if (!keeps()) {
            then.run();
            return;
        }
        wish.set(new Wish(position));
        if (calls.stuck()) {
            writeLater();
            then.run();
        } else {
            calls.call(this::write).whenComplete((written, failure) -> {
                if (failure != null) {
                    cannotKeep(failure);
                }
                then.run();
            });
        }
    }

    /** Notes until when all is well in a session that cannot be resumed; now and then that is saved. */
    public void settled(Instant settled) {
        if (lastSaved.plus(REFRESH).isBefore(clock.instant())) {
            unresumable(settled);
        }
    }

    /** Notes that a session which cannot be resumed is live, so that the next process knows of the gap. */
    public void unresumable(Instant settled) {
        keep(new SessionPosition("", "", 0, 0, settled), () -> { });
    }

    /**
     * Keeps, when the feed stops, until when all was well in a session that cannot be resumed, and lets go.
     *
     * @param settled that moment, {@link Instant#MAX} if there is nothing to keep
     */
    public CompletableFuture<Void> settleAndRelease(Instant settled) {
        if (keeps() && settled.isBefore(Instant.MAX)) {
            unresumable(settled);
        }
        return release();
    }

    /** Saves the position anew that was saved last: a subscriber has come, or has been told of a window. */
    public void again() {
        Wish last = wish.get();
        // a newer wish says the same, and must not be replaced by an older position
        if (keeps() && last != null && wish.compareAndSet(last, new Wish(last.position))) {
            writeLater();
        }
    }

    /** Removes what was kept, as if it had never been; completes when that is done, or has failed. */
    public CompletableFuture<Void> remove() {
        wish.set(null);
        return keeps() ? calls.<Void>call(() -> {
            version = 0;
            known = 0;
            if (!released) {
                store.remove(key());
            }
            return null;
        }).exceptionally(failure -> {
            cannotKeep(failure);
            return null;
        }) : CompletableFuture.completedFuture(null);
    }

    /** Lets go of the store until the next {@link #load()}: what ends late would undo what the next owner has kept. */
    public CompletableFuture<Void> release() {
        return !keeps() ? CompletableFuture.completedFuture(null) : calls.<Void>call(() -> {
            released = true;
            store.release(key());
            return null;
        }).exceptionally(failure -> {
            LOG.debug("agent={} the store could not be released: {}", owner.agent(),
                    LogText.line(failure.toString()));
            return null;
        });
    }

    /** Behind a call that hangs there need be only one, which writes what is wanted by then. */
    private void writeLater() {
        if (waiting.compareAndSet(false, true)) {
            calls.later(this::write);
        }
    }

    /**
     * Writes what is wanted now, and what is wanted by then: a call that took long may have written an old position.
     */
    private Void write() {
        waiting.set(false);
        for (Wish now = wish.get(); !released && now != null && now != written; now = wish.get()) {
            save(now.position);
            written = now;
        }
        return null;
    }

    private void save(SessionPosition position) {
        try {
            Map<String, String> jar = new LinkedHashMap<>();
            cookies.match(owner.address()).forEach(cookie -> jar.put(cookie.getName(), cookie.getValue()));
            SessionPosition safe = new SessionPosition(position.clientId(), position.name(), position.batch(),
                    position.end(), marks.since(position.settled()));
            store.save(key(), new SavedPosition(owner.agent(), owner.server(), safe, jar,
                    marks.marks(position.settled()), ++version).encode());
            known = version;
            lastSaved = clock.instant();
            failing = false;
            inARow++;
            if (toldFailing && inARow >= STEADY) {
                toldFailing = false;
                LOG.info("IMS-008 agent={} server={} the position can be kept again", owner.agent(),
                        owner.server());
            }
        } catch (RuntimeException e) {
            inARow = 0;
            cannotKeep(e);
            delete();
        }
    }

    private void delete() {
        try {
            store.delete(key());
        } catch (RuntimeException e) {
            LOG.debug("agent={} the old position could not be deleted either: {}", owner.agent(),
                    LogText.line(e.toString()));
        }
    }

    private synchronized void cannotKeep(Throwable failure) {
        failing = true;
        this.failure = LogText.line(failure.toString());
        if (!toldFailing) {
            toldFailing = true;
            LOG.warn("IMS-008 agent={} server={} the position cannot be kept, so a crash now would end in a gap: {}."
                    + " The feed goes on", owner.agent(), owner.server(), this.failure);
        }
    }

    private String key() {
        return owner.agent() + "@" + owner.server();
    }
}
