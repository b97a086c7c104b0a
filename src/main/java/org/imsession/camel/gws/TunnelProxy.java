package org.imsession.camel.gws;

import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Promise;

/**
 * Jetty's HTTP proxy, with two differences in how a tunnel is opened: any 2xx opens it (RFC 9110, 9.3.6), where Jetty
 * takes 200 only, and the CONNECT, which carries the credentials, is sent when {@link ProxyAccess} lets it pass.
 */
final class TunnelProxy extends HttpProxy {

    private final ProxyAccess access;

    TunnelProxy(ProxySettings proxy, ProxyAccess access) {
        super(proxy.host(), proxy.port());
        this.access = access;
    }

    /** Jetty has put its own promise, which sends the CONNECT, among what the connection is made of by then. */
    @Override
    public ClientConnectionFactory newClientConnectionFactory(ClientConnectionFactory factory) {
        return super.newClientConnectionFactory((endPoint, context) -> {
            context.replaceAll((key, value) -> opensTunnel(value) ? entering(value) : value);
            return factory.newConnection(endPoint, context);
        });
    }

    private static boolean opensTunnel(Object value) {
        return value instanceof Promise<?> && value.getClass().getEnclosingClass() == HttpProxy.class;
    }

    private Promise<Connection> entering(Object jettys) {
        @SuppressWarnings("unchecked")
        Promise<Connection> opens = (Promise<Connection>) jettys;
        return new Promise<>() {
            @Override
            public void succeeded(Connection connection) {
                opens.succeeded(new Entrance(connection));
            }

            @Override
            public void failed(Throwable failure) {
                opens.failed(failure);
            }
        };
    }

    /** A connection to the proxy that sends its CONNECT when it may. */
    private final class Entrance implements Connection {

        private final Connection connection;

        Entrance(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void send(Request connect, Response.CompleteListener listener) {
            access.enter(epoch -> {
                Answered answered = new Answered((Response.Listener) listener, epoch);
                if (connection.isClosed()) { // it may have waited for long
                    answered.onComplete(new Result(connect, null, new ClosedChannelException()));
                } else {
                    connection.send(connect, answered);
                }
            }, why -> listener.onComplete(new Result(connect, null, why)));
        }

        @Override
        public void close() {
            connection.close();
        }

        @Override
        public boolean isClosed() {
            return connection.isClosed();
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return connection.getLocalSocketAddress();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return connection.getRemoteSocketAddress();
        }

        @Override
        public EndPoint.SslSessionData getSslSessionData() {
            return connection.getSslSessionData();
        }
    }

    /** Hears the answer to the CONNECT before Jetty does. */
    private final class Answered implements Response.Listener {

        private final Response.Listener jettys;
        private final int epoch;
        private final AtomicBoolean left = new AtomicBoolean();

        Answered(Response.Listener jettys, int epoch) {
            this.jettys = jettys;
            this.epoch = epoch;
        }

        @Override
        public void onHeaders(Response response) {
            leave(response.getStatus());
            jettys.onHeaders(HttpStatus.isSuccess(response.getStatus()) ? asOk(response) : response);
        }

        @Override
        public void onComplete(Result result) {
            leave(0);
            jettys.onComplete(result);
        }

        private void leave(int status) {
            if (left.compareAndSet(false, true)) {
                access.left(status, epoch);
            }
        }
    }

    private static Response asOk(Response success) {
        return (Response) Proxy.newProxyInstance(Response.class.getClassLoader(), new Class<?>[] {Response.class},
                (self, method, given) -> method.getName().equals("getStatus") ? HttpStatus.OK_200
                        : method.invoke(success, given));
    }
}
