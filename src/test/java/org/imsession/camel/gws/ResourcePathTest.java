package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.result;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.LyingServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of a session comes from a notification, and so from whoever can send one. */
class ResourcePathTest {

    @ParameterizedTest
    @ValueSource(strings = {"007MDF3D0KAHL93L807GK2LAES000001", "../../../etc/passwd", "..\\..", "a/b", "/a", "a?b=c",
            "a#b", "a;b", "//169.254.169.254/latest", "http://169.254.169.254/", "%2e%2e", "%2F", "@evil.example.org",
            "é漢", "a b", "a\r\nX-Evil: 1\r\n\r\n", "\0", "...", "~a-b_c.d"})
    void anIdStaysOneSegmentBelowItsResourceWhateverIsInIt(String id) {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            result(alice.session().post(List.of("me", "im-sessions", id), Map.of("operationName", "Complete")));

            Heard post = server.requests().get(1);
            assertThat(post.target()).startsWith("/api/v2/me/im-sessions/").doesNotContain("?", "#");
            String segment = post.target().substring("/api/v2/me/im-sessions/".length());
            assertThat(segment).matches("[A-Za-z0-9%._~-]+").doesNotContain("/");
            assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(id);
            assertThat(post.header("X-Evil")).isEmpty();
            assertThat(post.header("Host")).contains("127.0.0.1:" + server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void aSegmentThatClimbsIsNotSent(String id) {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            assertThatIllegalArgumentException().isThrownBy(() -> unwrapped(alice, id))
                    .withMessageContaining("give the id");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1600, 100_000})
    void aPathLongerThanGwsTakesIsNotSent(int length) {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            assertThatIllegalArgumentException().isThrownBy(() -> unwrapped(alice, "x".repeat(length)))
                    .withMessageContaining("characters long");
            assertThat(server.requests()).isEmpty();
        }
    }

    private static void unwrapped(Agent alice, String id) throws Throwable {
        try {
            alice.session().get(List.of("me", "im-sessions", id)).join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }
}
