package org.imsession.camel.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.imsession.camel.bayeux.SessionPosition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RestoredCookiesTest {

    private static final String URL = "http://gws.example.com/api/v2/notifications";
    private static final Owner OWNER = new Owner("alice", "server", URI.create(URL));

    private static final ScheduledExecutorService TIMERS = Executors.newScheduledThreadPool(1);

    @AfterAll
    static void noMoreTimers() {
        TIMERS.shutdownNow();
    }

    /** The server has it still, and took the next session for a second one of the same browser. */
    @Test
    void theCookiesOfASessionThatCannotBeResumedAreNotRestored() {
        HttpCookieStore cookies = new HttpCookieStore.Default();
        load(new SessionPosition("", "", 0, 0, Instant.EPOCH), cookies);
        assertThat(cookies.match(URI.create(URL))).isEmpty();
    }

    /**
     * The old one used to be sent beside it for ever, so that a load balancer went on looking for a node that is gone.
     */
    @Test
    void aCookieThatTheServerSetsAnewReplacesTheOneOfTheLastProcess() {
        HttpCookieStore cookies = new HttpCookieStore.Default();
        load(new SessionPosition("id", "name", 1, 1, Instant.EPOCH), cookies);
        assertThat(cookies.match(URI.create(URL))).extracting(HttpCookie::getValue).containsExactly("gone");
        cookies.add(URI.create(URL), HttpCookie.build("NODE", "new").path("/").build());
        assertThat(cookies.match(URI.create(URL))).extracting(HttpCookie::getValue).containsExactly("new");
    }

    /** What the last process kept, with the cookie of a node that is gone. */
    private static void load(SessionPosition position, HttpCookieStore cookies) {
        String kept = new SavedPosition("alice", "server", position, Map.of("NODE", "gone"), List.of(), 1).encode();
        PositionStore store = new PositionStore() {
            @Override
            public Optional<String> load(String key) {
                return Optional.of(kept);
            }

            @Override
            public void save(String key, String text) {
                throw new AssertionError("nothing is saved");
            }

            @Override
            public void delete(String key) {
                throw new AssertionError("nothing is deleted");
            }
        };
        new PositionSaver(OWNER, TIMERS, Runnable::run, Clock.systemUTC(), store, cookies).load();
    }
}
