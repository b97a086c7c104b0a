package org.imsession.camel.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.imsession.camel.files.SecretFile;
import org.imsession.camel.gws.GwsSettings;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.gws.ProxySettings;

/**
 * What is looked at, and with whose login.
 *
 * @param gws      the server
 * @param http     how to reach it
 * @param agent    the login name
 * @param password its password, never shown
 */
record Target(GwsSettings gws, HttpSettings http, String agent, String password) {

    private static final String OPTION = "camel.component.imsession.";
    private static final Pattern AGENT = Pattern.compile("camel\\.(?:route-template|routeTemplate)\\[[^]]+]\\.agent");

    /**
     * Of the settings of the sample routes, of those of the component, or of the variables that the samples name.
     *
     * @param wanted the agent, empty for the first that the settings name
     * @throws IllegalArgumentException saying what is missing
     */
    static Target of(Settings settings, Map<String, String> environment, String wanted) {
        String server = settings.first(List.of("im.server", OPTION + "server-url", "gws.url"))
                .or(() -> Optional.ofNullable(environment.get("IMSESSION_SERVER")))
                .orElseThrow(() -> missing("server", "im.server", "IMSESSION_SERVER"));
        List<String> blocks = settings.names(AGENT);
        Optional<String> block = blocks.stream().filter(each -> wanted.isEmpty()
                || settings.first(List.of(each)).filter(wanted::equals).isPresent()).findFirst();
        if (!wanted.isEmpty() && block.isEmpty() && !blocks.isEmpty()) {
            throw new IllegalArgumentException("The settings have no agent " + wanted + "; correct --agent");
        }
        String agent = wanted.isEmpty() ? block.map(List::of).flatMap(settings::first)
                .or(() -> settings.first(List.of("gws.user")))
                .or(() -> Optional.ofNullable(environment.get("IMSESSION_USER")))
                .orElseThrow(() -> missing("agent", "camel.route-template[im-agent].agent", "IMSESSION_USER")) : wanted;
        GwsSettings gws = GwsSettings.of(server);
        return new Target(settings.first(List.of(OPTION + "api-path")).map(gws::withApiPath).orElse(gws),
                http(settings), agent, password(settings, block, environment));
    }

    private static String password(Settings settings, Optional<String> block, Map<String, String> environment) {
        Optional<String> file = settings.first(List.of(OPTION + "password-file"));
        if (file.isPresent()) {
            try {
                return new String(SecretFile.read(Path.of(file.get())), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException("The password file " + file.get() + " cannot be read ("
                        + e.getClass().getSimpleName() + "); correct its name or its rights", e);
            }
        }
        Optional<String> property = block.flatMap(each -> settings.first(
                List.of(each.replaceFirst("agent$", "passwordProperty"))));
        return settings.first(Stream.concat(property.stream(),
                        Stream.of("im.password", OPTION + "password", "gws.password")).toList())
                .or(() -> Optional.ofNullable(environment.get("IMSESSION_PASSWORD")).filter(each -> !each.isEmpty()))
                .orElseThrow(() -> missing("password", "im.password", "IMSESSION_PASSWORD"));
    }

    private static IllegalArgumentException missing(String what, String property, String variable) {
        return new IllegalArgumentException("There is no " + what + "; set " + property + " in the settings, or the"
                + " environment variable " + variable);
    }

    private static HttpSettings http(Settings settings) {
        HttpSettings http = HttpSettings.defaults();
        Optional<String> proxy = settings.first(List.of(OPTION + "proxy-host"));
        if (proxy.isPresent()) {
            http = http.withProxy(new ProxySettings(proxy.get(),
                    settings.first(List.of(OPTION + "proxy-port")).map(Integer::parseInt).orElse(0),
                    settings.first(List.of(OPTION + "proxy-username")).orElse(""),
                    settings.first(List.of(OPTION + "proxy-password")).orElse("")));
        }
        Optional<String> trust = settings.first(List.of("camel.ssl.trust-store"));
        return trust.isEmpty() ? http : http.withSslContext(trusting(trust.get(),
                settings.first(List.of("camel.ssl.trust-store-password")).orElse("")));
    }

    private static SSLContext trusting(String location, String password) {
        Path file = Path.of(location.replaceFirst("^file:", ""));
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The trust store " + file + " cannot be used ("
                    + e.getClass().getSimpleName() + "); look at the file and its password", e);
        }
    }

    /** Whether all goes through a proxy, which looks names up and opens connections itself. */
    boolean behindProxy() {
        return !http.proxy().host().isEmpty();
    }

    @Override
    public String toString() {
        return gws.server() + " as " + agent;
    }
}
