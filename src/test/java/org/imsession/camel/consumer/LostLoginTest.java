package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F26, F31, F33: the login is lost in mid-stream, in whatever words, and renewed within the Bayeux session. */
class LostLoginTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().with(GwsSwitch.CSRF))
            .agent("alice", "secret");

    static Stream<Arguments> losses() {
        return Stream.of(
                loss("the CSRF token rotates", GwsServer::rotateCsrf),
                loss("the HTTP session expires", gws -> gws.agent("alice").expireHttpSession()),
                loss("HTTP 401", once(Fault.status(401))),
                loss("HTTP 403", once(Fault.status(403))),
                loss("a login page", once(Fault.loginPage())),
                loss("a redirect to a login page", once(Fault.redirect(302, "http://127.0.0.1:1/login"))));
    }

    private static Arguments loss(String name, Consumer<GwsServer> loss) {
        return Arguments.argumentSet(name, loss);
    }

    private static Consumer<GwsServer> once(Fault fault) {
        return gws -> gws.faults().add(FaultRule.at(Step.CONNECT, fault));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aLostLoginIsRenewedByOneLoginAndCostsNothing(Consumer<GwsServer> loss) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            int logins = gws.requests().count(Step.LOGIN);
            loss.accept(gws);
            session.says("one").says("two");
            assertThat(route.inbox().takeTexts(2)).containsExactly("one", "two");
            session.says("three");
            assertThat(route.takeText()).isEqualTo("three");
            route.awaitState("LIVE");
            assertThat(gws.requests().count(Step.LOGIN) - logins).as("logins").isEqualTo(1);
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("handshakes").isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(route.errors()).isEmpty();
        }
    }
}
