package org.imsession.camel.live;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations that are over, by the routes of {@code routes/sql/ended.yaml}, if they run. One question at a time, so
 * that pages never have more than one connection of the pool from which the feed takes its own.
 */
final class EndedConversations {

    private static final String SEARCH = "direct:im-ended-search";
    private static final String OPEN = "direct:im-ended-conversation";
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2900-01-01T00:00:00Z");
    private static final int LONGEST_TRANSCRIPT = 2_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(EndedConversations.class);

    private final CamelContext context;
    private final ProducerTemplate routes;
    private final ExecutorService thread;
    private final IMSessionJson json = new IMSessionJson();

    /** The executor has one thread, and refuses what is too much. */
    EndedConversations(CamelContext context, ExecutorService thread) {
        this.context = context;
        this.thread = thread;
        routes = context.createProducerTemplate();
    }

    /** Whether there is a database to search. */
    boolean isThere() {
        return context.getRoute("im-ended-search") != null;
    }

    /** Tells the latest of those that match agent, number, text and day, or why not. */
    void search(Map<String, String> wanted, Consumer<Map<String, Object>> answer) {
        ask(answer, () -> {
            Map<String, Object> question = new LinkedHashMap<>(wanted);
            ZoneId zone = zone(wanted.get("zone"));
            String day = wanted.get("day");
            LocalDate date = day.isEmpty() ? null : LocalDate.parse(day);
            question.put("from", (date == null ? FIRST : date.atStartOfDay(zone).toInstant()).toString());
            question.put("to", (date == null ? LAST : date.plusDays(1).atStartOfDay(zone).toInstant()).toString());
            List<Map<String, Object>> found = new ArrayList<>();
            for (Object row : ask(SEARCH, question).getMessage().getBody(List.class)) {
                found.add(row((Map<?, ?>) row));
            }
            return Map.of("found", found);
        });
    }

    private Map<String, Object> row(Map<?, ?> row) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("server", row.get("server"));
        found.put("agent", row.get("agent"));
        found.put("session", row.get("session_id"));
        found.put("begun", millis(row.get("begun_at")));
        found.put("texts", ((Number) row.get("texts")).longValue());
        found.put("party", row.get("json") instanceof String text
                && json.parse(text) instanceof IMSessionStateChangeMessage state
                ? Shown.parties(state.imSession().participants()) : "");
        return found;
    }

    private static long millis(Object time) {
        return time instanceof OffsetDateTime moment ? moment.toInstant().toEpochMilli() : ((Date) time).getTime();
    }

    /** Tells one of them as JSON, text and HTML, or why not. */
    void open(Map<String, String> wanted, Consumer<Map<String, Object>> answer) {
        ask(answer, () -> {
            Map<String, Object> row = new LinkedHashMap<>(wanted);
            row.put("session_id", wanted.get("session"));
            row.put("zone", zone(wanted.get("zone")).getId());
            Exchange exchange = ask(OPEN, row);
            Map<String, Object> conversation = new LinkedHashMap<>();
            conversation.put("json", exchange.getMessage().getBody(String.class));
            conversation.put("text", exchange.getVariable("text", String.class));
            conversation.put("html", exchange.getVariable("html", String.class));
            if (conversation.values().stream().mapToInt(form -> ((String) form).length()).sum() > LONGEST_TRANSCRIPT) {
                return Map.of("problem", "It is too long for this page; its file has it");
            }
            String file = exchange.getMessage().getHeader(Exchange.FILE_NAME, "", String.class);
            conversation.put("name", file.substring(file.lastIndexOf('/') + 1).replaceFirst("[.]json$", ""));
            return Map.of("conversation", conversation, "agent", wanted.get("agent"));
        });
    }

    private static ZoneId zone(String name) {
        return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    }

    private Exchange ask(String route, Map<String, Object> question) {
        Exchange exchange = routes.request(route, asked -> asked.getMessage().setBody(question));
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        return exchange;
    }

    /** Makes an answer, or says why there is none. */
    private interface Question {
        Map<String, Object> ask();
    }

    private void ask(Consumer<Map<String, Object>> answer, Question question) {
        if (!isThere()) {
            answer.accept(Map.of("problem", "There is no database to search: see Conversations in the manual"));
            return;
        }
        try {
            thread.execute(() -> answer.accept(answered(question)));
        } catch (RejectedExecutionException e) {
            answer.accept(Map.of("problem", "Others are searching: try again"));
        }
    }

    private static Map<String, Object> answered(Question question) {
        try {
            return question.ask();
        } catch (DateTimeException e) {
            return Map.of("problem", "No such day or zone");
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("Ended conversations are not shown: {}", cause.getClass().getName()); // its words may quote texts
            return Map.of("problem", "The database does not answer, or the conversation is not there any more");
        }
    }

    void close() {
        context.getExecutorServiceManager().shutdownNow(thread);
        routes.stop();
    }
}
