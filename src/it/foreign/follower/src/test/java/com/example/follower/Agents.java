package com.example.follower;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionConsumer;

/** The component under test: a route for each agent, all in one Camel context. */
final class Agents implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Path LOG = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile"));

    private final CamelContext context = new DefaultCamelContext();
    private final List<Book> books = new ArrayList<>();

    Agents() {
        context.start();
    }

    /** Begins to follow an agent. */
    Book follow(String agent, String proxy, String url) throws Exception {
        Book book = new Book(agent, proxy, url);
        books.add(book);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:" + agent + "?serverUrl=" + url
                        + "&password=secret&reconnectDelay=200&reconnectDelayMax=3000").routeId(agent)
                        .process(book::note);
            }
        });
        return book;
    }

    List<Book> books() {
        return books;
    }

    /** Whether the log has warned of an agent with one of these words. */
    boolean hasWarned(Book book, List<String> words) throws IOException {
        String who = "agent=" + book.agent() + " server=" + URI.create(book.url()).getAuthority() + " ";
        try (Stream<String> lines = Files.lines(LOG)) {
            return lines.anyMatch(line -> line.contains(" WARN ") && line.contains(who)
                    && words.stream().anyMatch(line::contains));
        }
    }

    boolean isLive(Book book) {
        return ((IMSessionConsumer) context.getRoute(book.agent()).getConsumer()).getFeedState().equals("LIVE");
    }

    void awaitLive(List<Book> who) {
        for (Book book : who) {
            await(book.agent() + " is live").atMost(PATIENCE).until(() -> isLive(book));
        }
    }

    /** Until each is live and has got a number that is sent only now. */
    void awaitWell(Sender sender, List<Book> who) {
        awaitLive(who);
        int later = sender.last() + 50;
        for (Book book : who) {
            await(book.agent() + " gets " + later).atMost(PATIENCE).until(() -> book.highest() >= later);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
