package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;

import java.util.stream.Stream;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A login page, a gateway or another program answers instead of GWS. */
class NotGwsTest {

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(Answer.html(200, "<html><form>" + Agent.PAGE + "</form></html>"), Kind.NOT_GWS),
                Arguments.of(Answer.json(200, " \r\n<!DOCTYPE html>" + Agent.PAGE), Kind.NOT_GWS),
                Arguments.of(Answer.html(404, "<html>" + Agent.PAGE + "</html>"), Kind.NOT_GWS),
                Arguments.of(Answer.json(200, "{\"status\":{\"code\":0,\"text\":\"" + Agent.PAGE + "\"}}"),
                        Kind.NOT_GWS),
                Arguments.of(Answer.json(200, "\"" + Agent.PAGE + "\""), Kind.NOT_GWS),
                Arguments.of(Answer.json(200, "{\"" + Agent.PAGE + "\":"), Kind.BAD_ANSWER),
                Arguments.of(Answer.json(200, ""), Kind.BAD_ANSWER),
                Arguments.of(Answer.status(204), Kind.BAD_ANSWER),
                Arguments.of(Answer.json(200, " \n "), Kind.BAD_ANSWER));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatIsNotGwsIsToldFromItWithoutRepeatingThePage(Answer answer, Kind kind) {
        try (LyingServer server = LyingServer.telling(answer); Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(server.url());
            assertThat(alice.session().isLoggedIn()).isFalse();
        }
    }

    @Test
    void somethingThatIsNotHttpIsSaidToBeThat() {
        try (LyingServer server = LyingServer.telling(Lie.raw("220 mail.example.com ESMTP " + Agent.PAGE + "\r\n"));
             Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.BAD_ANSWER);
            assertThat(failure).hasMessageContainingAll(server.url(), "not valid HTTP", "port");
        }
    }

    @Test
    void aListOfSessionsThatCannotBeUnderstoodIsNotQuoted() {
        Answer list = Answer.json(200, "{\"statusCode\":0,\"imSessions\":\"" + Agent.PAGE + "\"}");
        try (LyingServer server = LyingServer.telling(Lie.at("/im-sessions", list, LOGGED_IN));
             Agent alice = Agent.at(server)) {
            assertThat(failure(alice.session().sessions()).kind()).isEqualTo(Kind.BAD_ANSWER);
        }
    }
}
