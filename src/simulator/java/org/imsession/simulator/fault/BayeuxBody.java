package org.imsession.simulator.fault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.imsession.simulator.record.Step;

/**
 * The messages in a Bayeux body, each as the bytes it came in, so that an answer can be put together anew without
 * changing a letter of the data.
 */
final class BayeuxBody {

    private static final JsonFactory LENIENT = JsonFactory.builder().streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE).build()).build();
    private static final JsonMapper JSON = new JsonMapper();

    private record Element(String channel, String text) {

        boolean isEvent() {
            return !channel.startsWith("/meta/");
        }

        boolean isReplyOf(Step step) {
            return !isEvent() && (step == Step.ANY || Step.ofChannel(channel) == step);
        }
    }

    private final List<Element> elements;

    private BayeuxBody(List<Element> elements) {
        this.elements = elements;
    }

    /** The messages of a body; none when it is no JSON array. */
    static BayeuxBody of(byte[] body) {
        List<Element> found = new ArrayList<>();
        try (JsonParser parser = LENIENT.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    String channel = skipObject(parser);
                    int end = (int) parser.currentLocation().getByteOffset();
                    String text = new String(Arrays.copyOfRange(body, start, end), StandardCharsets.UTF_8);
                    found.add(new Element(channel, text));
                }
            }
        } catch (IOException e) {
            return new BayeuxBody(List.of());
        }
        return new BayeuxBody(found);
    }

    private static String skipObject(JsonParser parser) throws IOException {
        String channel = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isChannel = parser.currentName().equals("channel");
            parser.nextToken();
            if (isChannel && parser.currentToken() == JsonToken.VALUE_STRING) {
                channel = parser.getText();
            }
            parser.skipChildren();
        }
        return channel;
    }

    byte[] replyingFirst() {
        List<Element> sorted = new ArrayList<>(elements.stream().filter(each -> !each.isEvent()).toList());
        elements.stream().filter(Element::isEvent).forEach(sorted::add);
        return bytes(sorted);
    }

    byte[] withEventsTwice() {
        List<Element> more = new ArrayList<>(elements.stream().filter(Element::isEvent).toList());
        more.addAll(elements);
        return bytes(more);
    }

    byte[] with(List<String> messages) {
        List<Element> more = new ArrayList<>(messages.stream().map(each -> new Element("", each)).toList());
        more.addAll(elements);
        return bytes(more);
    }

    byte[] without(Step step) {
        return bytes(elements.stream().filter(each -> !each.isReplyOf(step)).toList());
    }

    byte[] withoutAck(Step step) {
        return changing(step, reply -> {
            if (reply.path("ext") instanceof ObjectNode ext) {
                ext.remove("ack");
            }
        });
    }

    byte[] withShiftedAck(Step step, long by) {
        return changing(step, reply -> {
            if (reply.path("ext") instanceof ObjectNode ext && ext.path("ack").isNumber()) {
                ext.put("ack", ext.path("ack").longValue() + by);
            }
        });
    }

    byte[] withAdvice(Step step, String advice) {
        return changing(step, reply -> reply.set("advice", tree(advice)));
    }

    byte[] withError(Step step, String error) {
        return changing(step, reply -> reply.put("successful", false).put("error", error));
    }

    /** Changes the replies of a step; they are made by CometD, so they may be read and written again. */
    private byte[] changing(Step step, Consumer<ObjectNode> change) {
        return bytes(elements.stream().map(each -> each.isReplyOf(step) ? changed(each, change) : each).toList());
    }

    private static Element changed(Element element, Consumer<ObjectNode> change) {
        ObjectNode reply = object(element.text());
        change.accept(reply);
        return new Element(element.channel(), reply.toString());
    }

    /** What a server would answer that refuses each message of this body. */
    byte[] refused(String error, String advice) {
        return bytes(elements.stream().map(each -> {
            ObjectNode request = object(each.text());
            ObjectNode reply = JSON.createObjectNode().put("channel", each.channel()).put("successful", false)
                    .put("error", error);
            for (String member : List.of("id", "subscription")) {
                if (request.has(member)) {
                    reply.set(member, request.get(member));
                }
            }
            if (!advice.isEmpty()) {
                reply.set("advice", tree(advice));
            }
            return new Element(each.channel(), reply.toString());
        }).toList());
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) tree(text);
    }

    /** Any JSON: an advice that is no object is just what somebody may want to send. */
    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] bytes(List<Element> elements) {
        return ("[" + String.join(",", elements.stream().map(Element::text).toList()) + "]")
                .getBytes(StandardCharsets.UTF_8);
    }
}
