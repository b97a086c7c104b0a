package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.cometd.bayeux.Channel;
import org.cometd.common.TransportException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** While a feed was RECONNECTING its reason said what had happened, and not what to do about it. */
class FailureRemedyTest {

    private final Failures failures = new Failures(null, () -> "");

    static Stream<Arguments> failed() {
        return Stream.of(
                Arguments.of(new ConnectException(), "check that GWS runs there, the port and the firewall"),
                Arguments.of(new NoRouteToHostException(), "check that GWS runs there, the port and the firewall"),
                Arguments.of(new SocketTimeoutException(), "check that GWS runs there, the port and the firewall"),
                Arguments.of(new UnknownHostException(), "check serverUrl and the name service"),
                Arguments.of(new UnresolvedAddressException(), "check serverUrl and the name service"),
                Arguments.of(new TimeoutException(), "look at the network, and at proxies and balancers in between"),
                Arguments.of(new EOFException(), "look at the network, and at proxies and balancers in between"),
                Arguments.of(new TransportException(Map.of("httpCode", 502)),
                        "look at the log of GWS, and at what stands in front of it"),
                Arguments.of(new TransportException(Map.of("httpCode", 407)), "Check its credentials"));
    }

    @ParameterizedTest
    @MethodSource("failed")
    void whatFailedIsToldWithWhatToDo(Throwable failure, String remedy) {
        Reply connect = new Reply();
        connect.setChannel(Channel.META_CONNECT);
        BayeuxFailure told = failures.of(connect, failure);
        assertThat(told.withRemedy()).startsWith("/meta/connect: ").containsOnlyOnce(remedy).endsWith(remedy);
    }
}
