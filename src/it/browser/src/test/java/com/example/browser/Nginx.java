package com.example.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** nginx with the file {@code routes/live/nginx.conf}, of which only the places are others, in front of the page. */
final class Nginx implements AutoCloseable {

    static final String NAME = "im.example.com";

    private final Path folder;
    private final int port;
    private final Process process;

    /** These people may log in. */
    Nginx(Path folder, int port, int page, String secret, Map<String, String> passwords) throws Exception {
        this.folder = folder;
        this.port = port;
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=" + NAME, "-keyout",
                "tls.key", "-out", "tls.crt");
        StringBuilder users = new StringBuilder();
        for (Map.Entry<String, String> each : passwords.entrySet()) {
            users.append(each.getKey()).append(':').append(run("openssl", "passwd", "-6", each.getValue()));
        }
        Files.writeString(folder.resolve("users"), users);
        Files.writeString(folder.resolve("secret.conf"), "proxy_set_header X-IMSession-Secret \"" + secret + "\";\n");
        Files.writeString(folder.resolve("live.conf"), replaced(Files.readString(Path.of("routes/live/nginx.conf")),
                Map.of("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl", "/etc/nginx/im/", folder + "/",
                        "127.0.0.1:8070", "127.0.0.1:" + page)));
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user USER;
                worker_processes 1;
                pid nginx.pid;
                error_log error.log warn;
                events {
                    worker_connections 64;
                }
                http {
                    access_log access.log;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include live.conf;
                }
                """.replace("USER", System.getProperty("user.name")));
        process = program(Programs.found("nginx", "nginx").toString(), "-p", folder.toString(), "-c", "nginx.conf")
                .redirectOutput(folder.resolve("out.log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        await().atMost(Browser.PATIENCE)
                .until(() -> !process.isAlive() || process.children().findAny().isPresent());
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("out.log"))).isTrue();
    }

    private static String replaced(String text, Map<String, String> places) {
        String replaced = text;
        for (Map.Entry<String, String> each : places.entrySet()) {
            assertThat(replaced).as("the recipe").contains(each.getKey());
            replaced = replaced.replace(each.getKey(), each.getValue());
        }
        return replaced;
    }

    private ProcessBuilder program(String... command) {
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process run = program(command).start();
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(printed).isZero();
        return printed;
    }

    String host() {
        return NAME + ":" + port;
    }

    /** A connection that accepts no other certificate than the one of this nginx. */
    Socket connect() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream certificate = Files.newInputStream(folder.resolve("tls.crt"))) {
            trusted.setCertificateEntry(NAME, CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls.getSocketFactory().createSocket("127.0.0.1", port);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
