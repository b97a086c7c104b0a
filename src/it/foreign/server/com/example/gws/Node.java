package com.example.gws;

import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** One node as a process. It says when it listens, and ends when its standard input does, so that it outlives nobody. */
public final class Node {

    private static final String API = "/api/v2";

    /** @param args the port, and the name of the CometD servlet, which differs between versions */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Server server = new Server(new InetSocketAddress("127.0.0.1", port));
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");

        FilterHolder door = new FilterHolder(new Door(port));
        door.setAsyncSupported(true);
        context.addFilter(door, API + "/*", null);
        context.addServlet(new ServletHolder(new Rest()), API + "/me/*");

        ServletHolder cometd = new ServletHolder();
        cometd.setClassName(args[1]);
        cometd.setAsyncSupported(true);
        cometd.setInitOrder(1);
        cometd.setInitParameter("timeout", "10000");
        context.addServlet(cometd, API + "/notifications/*");

        ServletHolder publisher = new ServletHolder(new Publisher());
        publisher.setInitOrder(2);
        context.addServlet(publisher, "/publish");

        server.setHandler(context);
        server.start();
        System.out.println("listening, Jetty " + Server.getVersion());
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
        System.exit(0);
    }

    private Node() {
    }
}
