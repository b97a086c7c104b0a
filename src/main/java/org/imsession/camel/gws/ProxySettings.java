package org.imsession.camel.gws;

import java.util.Objects;

/**
 * An HTTP proxy: {@code https} goes through a CONNECT tunnel, {@code http} is forwarded. User and password, where
 * given, are sent to the proxy as Basic credentials at once and never to the server behind it.
 *
 * @param host     its host name, empty for no proxy
 * @param port     its port
 * @param username its user, empty for none
 * @param password the password of that user
 */
public record ProxySettings(String host, int port, String username, String password) {

    /** No proxy. */
    public static final ProxySettings NONE = new ProxySettings("", 0, "", "");

    public ProxySettings {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        if (!host.isEmpty() && (port < 1 || port > 65535)) {
            throw new IllegalArgumentException("The port of the proxy " + host + " is " + port
                    + ", give one from 1 to 65535");
        }
    }

    /** A proxy that asks for no credentials. */
    public ProxySettings(String host, int port) {
        this(host, port, "", "");
    }

    boolean present() {
        return !host.isEmpty();
    }

    boolean hasCredentials() {
        return !username.isEmpty();
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return present() ? host + ":" + port : "none";
    }
}
