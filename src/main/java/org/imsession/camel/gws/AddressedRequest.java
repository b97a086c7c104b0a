package org.imsession.camel.gws;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;

/**
 * A request that keeps the address which it was made for. Jetty's takes it apart, and puts it together and parses it
 * anew, for each request: six objects of text, which each agent has all the time in the connect that the server holds.
 */
final class AddressedRequest extends HttpRequest {

    private final URI address;
    private boolean changed;

    AddressedRequest(HttpClient client, URI address) {
        super(client, new HttpConversation(), address);
        this.address = address;
        // Jetty does not tell the server a port that goes without saying, in the field Host
        this.changed = address.getPort() >= 0
                && address.getPort() == HttpClient.normalizePort(address.getScheme(), -1);
    }

    @Override
    public URI getURI() {
        return changed ? super.getURI() : address;
    }

    @Override
    public Request scheme(String scheme) {
        changed = true;
        return super.scheme(scheme);
    }

    @Override
    public Request host(String host) {
        changed = true;
        return super.host(host);
    }

    @Override
    public Request port(int port) {
        changed = true;
        return super.port(port);
    }

    /** Done by Jetty for a proxy. */
    @Override
    public Request path(String path) {
        changed = true;
        return super.path(path);
    }

    @Override
    public Request param(String name, String value) {
        changed = true;
        return super.param(name, value);
    }
}
