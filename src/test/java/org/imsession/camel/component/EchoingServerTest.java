package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.EchoingGws;
import org.imsession.camel.brokenserver.LyingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that repeats every password, token, cookie, CSRF token and client id, in every form and in every place where
 * it can put text, brings none of them into a log at TRACE, JMX, health, the dev console, an exception, a gap or the
 * headers of an exchange; and nothing it says leaves its line.
 */
class EchoingServerTest {

    private static final String PASSWORD = "pw-4f9c2a&\"<x+ y/z";
    private static final String WRONG = "wrong-71bd03";
    private static final String TOKEN = "tok-5e8d1f-bearer";

    @TempDir
    Path folder;

    @Test
    void learnsNothingThatItsOperatorWouldReadAgain() throws Exception {
        EchoingGws echo = new EchoingGws();
        String logged;
        String shown;
        try (LyingServer server = LyingServer.telling(echo);
             WatchedLife life = WatchedLife.start(folder, server.url(), PASSWORD, WRONG, TOKEN, false)) {
            Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                life.act();
                assertThat(echo.untold()).isEmpty();
            });
            life.end();
            logged = life.logged();
            shown = life.shown();
        }
        Map<String, String> repeated = new HashMap<>();
        echo.repeated().forEach(each -> repeated.put(each, "a repeated secret, " + each));
        assertThat(repeated.keySet()).as("what was repeated").contains(PASSWORD, WRONG, TOKEN);
        assertThat(List.of("DEBUG", "State updated", "IMS-001", "echo ", "***", "402::Unknown client"))
                .as("a log at TRACE").allMatch(logged::contains);
        assertThat(List.of("IMSessionOperationException", "IMSessionInvalidMessageException", "FeedGap", "***"))
                .as("what is shown").allMatch(shown::contains);
        assertThat(WatchedLife.leaks(logged, repeated)).as("in the log").isEmpty();
        assertThat(WatchedLife.leaks(shown, repeated)).as("in what is shown").isEmpty();
        for (String text : new String[] {logged, shown}) {
            assertThat(text.codePoints().filter(each -> EchoingGws.FORGED.indexOf(each) >= 0
                    && each != '\n' && each != '\r' && "IMS-9 forged2J".indexOf(each) < 0).mapToObj(Integer::toHexString)
                    .distinct().toList()).as("what turns or breaks a line").isEmpty();
            assertThat(text.lines().filter(line -> line.startsWith("IMS-999"))).isEmpty();
        }
    }
}
