package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;

/** What the start of a route does not need is made by who needs it first, and stops with what has made it. */
class LateClientTest {

    private static final URI ANYWHERE = URI.create("http://127.0.0.1:1/");

    private final AtomicInteger made = new AtomicInteger();

    private GwsHttpClient client(Supplier<HttpClient> maker) {
        return new GwsHttpClient(HttpSettings.defaults(), access -> {
            made.incrementAndGet();
            return maker.get();
        });
    }

    @Test
    void theClientIsMadeByTheFirstRequestAndOnlyOnce() {
        try (GwsHttpClient http = client(HttpClient::new)) {
            assertThat(made).hasValue(0);
            assertThat(http.newRequest(ANYWHERE).getURI()).isEqualTo(ANYWHERE);
            http.newRequest(ANYWHERE);
            assertThat(made).hasValue(1);
            assertThat(http.jetty().isStarted()).isTrue();
        }
    }

    @Test
    void oneThatWasStoppedIsNotMadeAnew() {
        GwsHttpClient unused = client(HttpClient::new);
        unused.close();
        GwsHttpClient used = client(HttpClient::new);
        HttpClient jetty = used.jetty();
        used.close();

        assertThat(jetty.isStopped()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> unused.newRequest(ANYWHERE))
                .withMessageContaining("stopped");
        assertThat(made).hasValue(1);
    }

    @Test
    void oneThatCannotStartIsTriedAgainByTheNextRequest() {
        GwsHttpClient http = client(() -> new HttpClient() {
            @Override
            protected void doStart() throws Exception {
                if (made.get() == 1) {
                    throw new IllegalStateException("no selector can be opened");
                }
                super.doStart();
            }
        });
        try (http) {
            assertThatIllegalStateException().isThrownBy(() -> http.newRequest(ANYWHERE))
                    .withMessageContaining("cannot start").withStackTraceContaining("no selector");
            assertThat(http.newRequest(ANYWHERE)).isNotNull();
        }
    }

    @Test
    void theTrustStoreIsReadByTheFirstConnectionThatNeedsIt() throws Exception {
        TlsOnDemand tls = new TlsOnDemand(() -> {
            made.incrementAndGet();
            SslContextFactory.Client client = new SslContextFactory.Client();
            client.setEndpointIdentificationAlgorithm("HTTPS");
            return client;
        });
        tls.start();
        assertThat(made).hasValue(0);
        tls.newSSLEngine("localhost", 443);
        assertThat(tls.newSSLEngine().getSSLParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
        assertThat(made).hasValue(1);
        tls.stop();
    }

    /** Connections are shared by equal settings, so the same context must be the same settings, and another others. */
    @Test
    void settingsAreEqualIfTheirContextsAre() throws Exception {
        SSLContext mine = SSLContext.getInstance("TLS");
        assertThat(HttpSettings.defaults()).isEqualTo(HttpSettings.defaults());
        assertThat(HttpSettings.defaults().withSslContext(mine)).isEqualTo(HttpSettings.defaults().withSslContext(mine))
                .isNotEqualTo(HttpSettings.defaults())
                .isNotEqualTo(HttpSettings.defaults().withSslContext(SSLContext.getInstance("TLS")));
    }
}
