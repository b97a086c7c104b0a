package org.imsession.simulator.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.http.HttpHeader;
import org.imsession.simulator.http.RequestSteps;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.recording.JsonSlices;
import org.imsession.simulator.recording.RecordedAnswer;
import org.imsession.simulator.recording.RecordedAnswer.Content;
import org.imsession.simulator.recording.RecordedAnswer.End;
import org.imsession.simulator.recording.RecordedAnswer.Head;
import org.imsession.simulator.recording.RecordingFile;
import org.imsession.simulator.redaction.Redactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what was heard, in the order in which it came, without what must not be written. */
final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern API = Pattern.compile("^/api/v2");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]{1,20}/[a-z0-9.+-]{1,40}");

    private final RecordingFile file;
    private final Redactor redactor;
    private final AgentsHeard agents;
    private final SentBefore before = new SentBefore();
    private final long begin = System.nanoTime();
    private long answers;
    private boolean closed;

    Journal(RecordingFile file, boolean plain) {
        this.file = file;
        this.redactor = new Redactor(plain);
        this.agents = new AgentsHeard(redactor);
    }

    synchronized long answers() {
        return answers;
    }

    /** Writes an answer once; what goes wrong here is no concern of the client's. */
    synchronized void write(Heard heard, End end) {
        if (closed || !heard.mayWrite()) {
            return;
        }
        try {
            file.add(recorded(heard, end));
            answers++;
        } catch (IOException e) {
            closed = true;
            LOG.error("Nothing more is recorded, for the file cannot be written ({}); the proxy goes on", e.toString());
        } catch (RuntimeException e) {
            // its message may quote what must not be seen
            LOG.error("An answer is not recorded ({})", e.getClass().getName());
        }
    }

    private RecordedAnswer recorded(Heard heard, End end) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        RequestSteps steps = RequestSteps.of(heard.method(), heard.path(), heard.request());
        String text = end == End.WHOLE ? heard.answer() : "";
        List<JsonNode> asked = messages(new String(heard.request(), StandardCharsets.UTF_8));
        Optional<List<String>> batch = steps.channels().isEmpty() ? Optional.empty() : JsonSlices.elements(text);
        List<JsonNode> told = messages(batch.isPresent() ? text : "");
        List<String> clientIds = StreamSupport.stream(asked.spliterator(), false).map(Journal::clientId)
                .filter(id -> !id.isEmpty()).distinct().toList();
        String agent = agents.of(heard.requestHead(), clientIds);
        if (agent.isEmpty() && steps.steps().contains(Step.LOGIN)) {
            agent = agents.ofLogin(heard.requestHead(), JsonSlices.members(text).isPresent() ? tree(text)
                    : JsonNodeFactory.instance.objectNode());
        }
        List<String> known = new ArrayList<>(clientIds);
        told.stream().map(Journal::clientId).filter(id -> !id.isEmpty()).forEach(known::add);
        agents.learn(agent, heard.requestHead(), heard.head(), known);
        int again = again(steps.steps(), asked, told);
        String name = agent.isEmpty() ? "" : redactor.agent(agent);
        return new RecordedAnswer(millis, name, steps.steps(),
                redactor.path(API.matcher(heard.path()).replaceFirst("")),
                head(heard, end), again, batch.orElse(List.of()).stream().map(redactor::json).toList(),
                batch.isPresent() ? Content.NONE : content(text, heard.length()));
    }

    private int again(List<Step> steps, List<JsonNode> asked, List<JsonNode> told) {
        if (!steps.contains(Step.CONNECT) || told.isEmpty()) {
            return 0;
        }
        JsonNode request = asked.get(0);
        long number = told.stream().filter(each -> channel(each).equals("/meta/connect")).findFirst()
                .map(each -> each.path("ext").path("ack").asLong(-1)).orElse(-1L);
        return before.again(clientId(request), request.path("ext").path("ack").asLong(-1), number,
                (int) told.stream().filter(each -> !channel(each).startsWith("/meta/")).count());
    }

    private static Head head(Heard heard, End end) {
        String type = Optional.ofNullable(heard.head().get(HttpHeader.CONTENT_TYPE)).orElse("").split(";", 2)[0].strip()
                .toLowerCase(Locale.ROOT);
        String retryAfter = Optional.ofNullable(heard.head().get(HttpHeader.RETRY_AFTER)).orElse("");
        return new Head(end, heard.status(), MEDIA_TYPE.matcher(type).matches() ? type : "",
                retryAfter.matches("\\d{1,9}") ? retryAfter : "", heard.head().contains(HttpHeader.LOCATION));
    }

    private Content content(String text, int length) {
        if (text.isEmpty()) {
            return Content.NONE;
        }
        if (JsonSlices.members(text).isPresent() || JsonSlices.elements(text).isPresent()) {
            return new Content(redactor.json(text), "", 0);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return new Content("", lower.contains("csrf") ? "csrf" : lower.startsWith("<") ? "html" : "other", length);
    }

    private static String clientId(JsonNode message) {
        return message.path("clientId").asText("");
    }

    private static String channel(JsonNode message) {
        return message.path("channel").asText("");
    }

    /** The messages of a Bayeux request or answer; none if it cannot be read. */
    private static List<JsonNode> messages(String text) {
        return JsonSlices.elements(text).map(all -> all.stream().map(Journal::tree).toList()).orElse(List.of());
    }

    /** Of what is beyond what Jackson reads nothing is needed here. */
    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            file.close();
        } catch (IOException e) {
            LOG.error("The recording could not be ended ({})", e.toString());
        }
    }
}
