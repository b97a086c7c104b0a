package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustAllTrustManager;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A password goes to a server that nobody knows only if somebody has said so, and then it is said all the time. */
class AnyCertificateTest {

    private static SSLContext selfSigned;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    @BeforeAll
    static void issue(@TempDir Path folder) {
        selfSigned = new Certificates(folder).selfSigned();
    }

    /** The ways in which people switch the check off. */
    private enum Way {
        /** What {@code camel.ssl.trustAllCertificates=true} makes. */
        CAMEL_MAIN_FOR_ALL(context -> global(context, trusting(TrustAllTrustManager.INSTANCE))),
        AN_OWN_TRUST_MANAGER_FOR_ALL(context -> global(context, trusting(trustingAll(() -> { })))),
        CAMELS_TRUST_MANAGER(context -> bind(context, trusting(TrustAllTrustManager.INSTANCE))),
        AN_OWN_TRUST_MANAGER(context -> bind(context, trusting(trustingAll(() -> { })))),
        ONE_THAT_IS_ASKED_WITH_THE_CONNECTION(context -> bind(context, trusting(new VeryCredulous()))),
        PARAMETERS_WITH_A_CONTEXT_OF_THEIR_OWN(context -> bind(context, new SSLContextParameters() {
            @Override
            public SSLContext createSSLContext(CamelContext camel) {
                return credulous();
            }
        }));

        private final Consumer<DefaultCamelContext> preparation;

        Way(Consumer<DefaultCamelContext> preparation) {
            this.preparation = preparation;
        }

        private static void global(DefaultCamelContext context, SSLContextParameters parameters) {
            context.setSSLContextParameters(parameters);
            context.getComponent("imsession", IMSessionComponent.class).setUseGlobalSslContextParameters(true);
        }

        private static void bind(DefaultCamelContext context, SSLContextParameters parameters) {
            context.getComponent("imsession", IMSessionComponent.class).getConfiguration()
                    .setSslContextParameters(parameters);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRouteWhoseTlsSettingsTrustAnybodyDoesNotStart(Way way) throws Exception {
        try (TlsFront server = new TlsFront(selfSigned, gws.port());
             ListeningRoute route = ListeningRoute.prepared().with(way.preparation)
                     .add("listening", ListeningRoute.uri(server.url(), "alice"))) {
            assertThatThrownBy(route::start).hasStackTraceContaining("for agent alice accept any certificate")
                    .hasStackTraceContaining(server.url()).hasStackTraceContaining("trust store")
                    .hasStackTraceContaining("allowAnyCertificate=true");
            assertThat(gws.requests().count(Step.LOGIN)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEndpointThatIsToTrustAnybodySaysSoAtItsStartAndInItsHealth(Way way) throws Exception {
        try (TlsFront server = new TlsFront(selfSigned, gws.port());
             ListeningRoute route = ListeningRoute.prepared().with(way.preparation)
                     .add("listening", ListeningRoute.uri(server.url(), "alice", "allowAnyCertificate=true"))
                     .start()) {
            route.awaitState("LIVE");
            assertThat(log.with("IMS-021")).hasSize(1).first().asString().contains("WARN", "agent=alice",
                    "server=" + server.url());
            assertThat(route.health().getDetails()).containsEntry("serverCertificate",
                    "not checked (allowAnyCertificate)");
            route.context().getRouteController().stopRoute("listening");
            route.context().getRouteController().startRoute("listening");
            assertThat(log.with("IMS-021")).hasSize(2);
        }
    }

    @Test
    void theDefaultOfTheJvmIsLookedAtToo() throws Exception {
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(credulous());
        try (TlsFront server = new TlsFront(selfSigned, gws.port());
             ListeningRoute route = ListeningRoute.prepared()
                     .add("listening", ListeningRoute.uri(server.url(), "alice"))) {
            assertThatThrownBy(route::start).hasStackTraceContaining("the JVM's default SSLContext");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void aProducerDoesNotStartEither() throws Exception {
        try (TlsFront server = new TlsFront(selfSigned, gws.port());
             ListeningRoute route = ListeningRoute.prepared().with(Way.CAMELS_TRUST_MANAGER.preparation).start()) {
            assertThatThrownBy(() -> route.context().createProducerTemplate().requestBody(
                    ListeningRoute.uri(server.url(), "alice", "operation=listSessions", "exceptionHandler="), ""))
                    .hasStackTraceContaining("allowAnyCertificate=true");
            assertThat(gws.requests().count(Step.LOGIN)).isZero();
        }
    }

    @Test
    void theOptionAloneSwitchesNothingOff() throws Exception {
        try (TlsFront server = new TlsFront(selfSigned, gws.port());
             ListeningRoute route = ListeningRoute.from(
                     ListeningRoute.uri(server.url(), "alice", "allowAnyCertificate=true"))) {
            route.awaitState("BACKING_OFF");
            assertThat(log.with("IMS-021")).isEmpty();
            assertThat(gws.requests().count(Step.LOGIN)).isZero();
        }
    }

    @Test
    void aTrustManagerThatFailsHasTrustedNobody() throws Exception {
        SSLContext failing = SSLContext.getInstance("TLS");
        failing.init(null, new TrustManager[] {trustingAll(() -> {
            throw new IllegalStateException("the vault is closed");
        })}, null);
        assertThat(GwsHttpClient.acceptsAnyCertificate(failing)).isFalse();
    }

    /** Over plain HTTP there is nothing to check. */
    @Test
    void settingsThatAreNotUsedAreNotLookedAt() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared().with(Way.CAMEL_MAIN_FOR_ALL.preparation)
                .add("listening", ListeningRoute.uri(gws, "alice")).start()) {
            route.awaitState("LIVE");
        }
    }

    private static SSLContextParameters trusting(TrustManager manager) {
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setTrustManager(manager);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }

    private static SSLContext credulous() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new VeryCredulous()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param asked runs when a server is to be trusted */
    private static TrustManager trustingAll(Runnable asked) {
        return (TrustManager) Proxy.newProxyInstance(AnyCertificateTest.class.getClassLoader(),
                new Class<?>[] {X509TrustManager.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("checkServerTrusted")) {
                        asked.run();
                    }
                    return method.getReturnType().isArray() ? new X509Certificate[0] : null;
                });
    }

    private static final class VeryCredulous extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
