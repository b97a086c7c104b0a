package org.imsession.camel.brokenserver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority and the certificates it issues, made on the spot with the JDK's own keytool. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final Path authority;

    /**
     * A new authority.
     *
     * @param folder an empty folder that may be deleted afterwards
     */
    public Certificates(Path folder) {
        this.folder = folder;
        this.authority = generate("authority", "-1000d", 2000, "bc:c");
    }

    /** A server whose certificate is for localhost and 127.0.0.1, and valid now. */
    public SSLContext forLoopback() {
        return issue("loopback", "san=dns:localhost,ip:127.0.0.1", "-1d", 30);
    }

    /** The same, but its time was over five days ago. */
    public SSLContext expired() {
        return issue("expired", "san=dns:localhost,ip:127.0.0.1", "-10d", 5);
    }

    /** Valid now, but for another host. */
    public SSLContext forAnotherHost() {
        return issue("another", "san=dns:other.example.com", "-1d", 30);
    }

    /** For localhost and 127.0.0.1, valid now, but signed by nobody else. */
    public SSLContext selfSigned() {
        return showing(generate("self", "-1d", 30, "san=dns:localhost,ip:127.0.0.1"));
    }

    /** A client that trusts this authority and no other. */
    public SSLContext trusted() {
        try {
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, PASSWORD);
            authorities.setCertificateEntry("authority", load(authority).getCertificate("key"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file that has this authority and no other, for Java's own trust store; its password is changeit. */
    public Path trustStore() {
        Path store = folder.resolve("trusted.p12");
        Path root = folder.resolve("authority.crt");
        keytool(authority, "-exportcert", "-file", root.toString());
        keytool(store, "-importcert", "-noprompt", "-file", root.toString());
        return store;
    }

    private SSLContext issue(String name, String extension, String start, int days) {
        Path store = generate(name, start, days, extension);
        Path request = folder.resolve(name + ".csr");
        Path certificate = folder.resolve(name + ".crt");
        keytool(store, "-certreq", "-file", request.toString());
        keytool(authority, "-gencert", "-ext", extension, "-startdate", start, "-validity", String.valueOf(days),
                "-infile", request.toString(), "-outfile", certificate.toString());
        // keytool wants to know the whole chain before it takes the answer
        Path root = folder.resolve(name + "-root.crt");
        keytool(authority, "-exportcert", "-file", root.toString());
        run(store, "root", List.of("-importcert", "-noprompt", "-file", root.toString()));
        keytool(store, "-importcert", "-noprompt", "-file", certificate.toString());
        return showing(store);
    }

    private Path generate(String name, String start, int days, String extension) {
        Path store = folder.resolve(name + ".p12");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", extension, "-startdate", start,
                "-validity", String.valueOf(days));
        return store;
    }

    private static SSLContext showing(Path store) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(store), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void keytool(Path store, String... arguments) {
        run(store, "key", List.of(arguments));
    }

    private static void run(Path store, String alias, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-alias", alias, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                new String(PASSWORD)));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool " + arguments.get(0) + ": " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
