package org.imsession.camel.gws;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.imsession.camel.gws.GwsException.Kind;

/**
 * Keeps credentials that a proxy has refused (HTTP 407) from being sent over and over by all agents, as
 * {@link RefusalGuard} does for those of an agent: {@value RefusalGuard#TRIES} times at most, the second time after a
 * pause, and then only when an operator says so. One for the same proxy, user and password in a process, whatever is
 * started again.
 *
 * <p>Many agents may want a connection at the same time, before the first answer is known. So they enter in turn: one
 * by one after a while in which none did, and twice as many at a time with each that the proxy lets pass. What waits
 * when one is refused is not sent at all. Never blocks; safe for use by several threads.
 */
final class ProxyAccess {

    static final Duration PAUSE = Duration.ofMinutes(5);

    private static final int MOST_AT_ONCE = 64;
    /** Without anybody under way for so long, the credentials may have changed there. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** An operator's word for a team comes once for each of its agents. */
    private static final long ONE_WORD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Map<ProxySettings, ProxyAccess> KNOWN = new ConcurrentHashMap<>();

    private record Waiting(IntConsumer go, Consumer<GwsException> held) {
    }

    private final ProxySettings proxy;
    private final LongSupplier nanoTime;
    private final AtomicInteger changes = new AtomicInteger();
    // guarded by this
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int underWay;
    private int atOnce = 1;
    private long quietSince;
    private int epoch;
    private int refusals;
    private long refusedAt;
    private boolean onceMore;
    private boolean trial;
    private long wordAt;

    ProxyAccess(ProxySettings proxy, LongSupplier nanoTime) {
        this.proxy = proxy;
        this.nanoTime = nanoTime;
        this.wordAt = nanoTime.getAsLong() - ONE_WORD_NANOS;
    }

    /** The one of this process, if there is a proxy. */
    static ProxyAccess of(ProxySettings proxy) {
        return !proxy.present() ? new ProxyAccess(proxy, System::nanoTime)
                : KNOWN.computeIfAbsent(proxy, key -> new ProxyAccess(key, System::nanoTime));
    }

    /**
     * Asks to send something that carries the credentials.
     *
     * @param go   sends it, at once or later, on another thread then; must return at once. Gets the {@link #epoch()},
     *             and ends with {@link #left}
     * @param held hears instead why it is not sent
     */
    void enter(IntConsumer go, Consumer<GwsException> held) {
        if (!proxy.hasCredentials()) {
            go.accept(epoch());
            return;
        }
        synchronized (this) {
            waiting.add(new Waiting(go, held));
        }
        next();
    }

    /**
     * The end of what was let {@linkplain #enter in}.
     *
     * @param status what the proxy answered, 0 if it did not
     * @param epoch  in which it was sent
     */
    void left(int status, int epoch) {
        if (!proxy.hasCredentials()) {
            heard(status, epoch);
            return;
        }
        synchronized (this) {
            underWay--;
            trial = false;
            quietSince = nanoTime.getAsLong();
            heard(status, epoch);
            atOnce = refusals > 0 ? 1 : status > 0 ? Math.min(MOST_AT_ONCE, 2 * atOnce) : atOnce;
        }
        next();
    }

    /** Changes with each refusal: what was sent before one and let pass says nothing of what is sent after it. */
    synchronized int epoch() {
        return epoch;
    }

    /** The proxy has answered something else, which was sent in that epoch. */
    synchronized void heard(int status, int sentIn) {
        if (status == HttpStatus.PROXY_AUTHENTICATION_REQUIRED_407) {
            epoch++;
            refusals++;
            refusedAt = nanoTime.getAsLong();
        } else if (status > 0 && sentIn == epoch) {
            refusals = 0;
            onceMore = false;
        }
    }

    /** An operator says that they are in order again; what was never refused needs nobody's word. */
    synchronized void onceMore() {
        long now = nanoTime.getAsLong();
        if (refusals > 0 && now - wordAt >= ONE_WORD_NANOS) {
            onceMore = true;
            wordAt = now;
        }
    }

    /** How long it is until they may be sent again, zero if they may now; empty if not by time alone. */
    synchronized Optional<Duration> nextTry() {
        if (refusals == 0 || onceMore) {
            return Optional.of(Duration.ZERO);
        }
        if (proxy.hasCredentials() && refusals >= RefusalGuard.TRIES) {
            return Optional.empty();
        }
        Duration left = PAUSE.minusNanos(nanoTime.getAsLong() - refusedAt);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    /** Whether nothing is gained by asking now. */
    boolean holdsBack() {
        return !nextTry().equals(Optional.of(Duration.ZERO));
    }

    /** Why nothing is sent now, if so. */
    Optional<GwsException> refusal() {
        return proxy.hasCredentials() && holdsBack() ? Optional.of(refusedBefore()) : Optional.empty();
    }

    private GwsException refusedBefore() {
        return new GwsException(Kind.PROXY_REFUSED, "The proxy " + proxy + " has refused its user and password (HTTP "
                + "407), and they are not sent again " + (nextTry().isPresent() ? "yet" : "unchanged") + ", so that "
                + "the account is not locked. Check the credentials of the proxy, then retryNow",
                HttpStatus.PROXY_AUTHENTICATION_REQUIRED_407, GwsStatus.UNKNOWN.code(), null).unsent();
    }

    /** Lets in or turns away whom it is now possible to; whoever is at that already goes on with it. */
    private void next() {
        if (changes.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable step = step(); step != null; step = step()) {
                step.run();
            }
            seen = changes.addAndGet(-seen);
        } while (seen > 0);
    }

    private synchronized Runnable step() {
        if (waiting.isEmpty() || trial) {
            return null;
        }
        if (refusals > 0) {
            if (holdsBack()) {
                Waiting turnedAway = waiting.remove();
                return () -> turnedAway.held().accept(refusedBefore());
            }
            if (underWay > 0) {
                return null;
            }
            trial = true;
            onceMore = false;
        } else if (underWay == 0 && nanoTime.getAsLong() - quietSince >= QUIET_NANOS) {
            atOnce = 1;
        }
        if (underWay >= atOnce) {
            return null;
        }
        underWay++;
        Waiting first = waiting.remove();
        return () -> begin(first);
    }

    private void begin(Waiting first) {
        try {
            first.go().accept(epoch());
        } catch (RuntimeException | Error e) {
            left(0, epoch());
            first.held().accept(GwsException.notSent(e));
        }
    }
}
