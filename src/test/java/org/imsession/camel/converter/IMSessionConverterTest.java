package org.imsession.camel.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.MalformedMessageException;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The converters as Camel finds them: through the generated loader, in a context of its own. */
class IMSessionConverterTest {

    private static final IMSessionJson JSON = new IMSessionJson();
    private static final List<IMSessionNotification> NOTIFICATIONS = List.of(
            JSON.read("{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":\"StatusChange\","
                    + "\"imSession\":{\"id\":\"7\",\"state\":\"Talking\",\"userData\":{\"n\":1.50}}}"),
            JSON.read("{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
                    + "\"imSessionPath\":\"/im-sessions/7\",\"message\":\"caf\u00e9 \ud83d\ude00\"}"),
            JSON.read("{\"messageType\":\"TypingMessage\",\"imSessionPath\":\"/im-sessions/7\"}"),
            new FeedGap("alice", Instant.EPOCH, Instant.EPOCH.plusSeconds(5), FeedGap.Reason.SESSION_LOST,
                    FeedGap.Certainty.POSSIBLE, "402"));
    private static CamelContext context;
    private static TypeConverter converter;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        context.start();
        converter = context.getTypeConverter();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    static Stream<IMSessionNotification> notifications() {
        return NOTIFICATIONS.stream();
    }

    /** The same JSON in all the forms that can be converted. */
    private static List<Object> forms(IMSessionNotification notification) {
        String json = JSON.write(notification);
        return List.of(json, json.getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), new StringReader(json),
                JSON.toMap(notification), new HashMap<>(JSON.toMap(notification)), JSON.toTree(notification));
    }

    @ParameterizedTest
    @MethodSource("notifications")
    void everyFormBecomesANotification(IMSessionNotification notification) {
        for (Object form : forms(notification)) {
            assertThat(converter.convertTo(IMSessionNotification.class, form))
                    .as(form.getClass().getName()).usingRecursiveComparison().ignoringFields("raw")
                    .isEqualTo(notification);
        }
    }

    @ParameterizedTest
    @MethodSource("notifications")
    void everyFormBecomesItsOwnTypeAndNoOther(IMSessionNotification notification) {
        List<Class<? extends IMSessionNotification>> types = List.of(IMSessionStateChangeMessage.class,
                IMLogUpdateMessage.class, UnknownMessage.class, FeedGap.class);
        for (Class<? extends IMSessionNotification> type : types) {
            for (Object form : forms(notification)) {
                if (type.isInstance(notification)) {
                    assertThat(converter.convertTo(type, form)).isInstanceOf(type);
                } else {
                    assertThatThrownBy(() -> converter.convertTo(type, form))
                            .isInstanceOf(TypeConversionException.class)
                            .hasMessageContaining(" to " + type.getName())
                            .hasMessageContaining("the JSON is that of an " + notification.getClass().getName());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("notifications")
    void aNotificationBecomesEveryFormOfItsCanonicalJson(IMSessionNotification notification) throws IOException {
        String json = JSON.write(notification);

        assertThat(converter.convertTo(String.class, notification)).isEqualTo(json);
        assertThat(converter.convertTo(byte[].class, notification)).asString(StandardCharsets.UTF_8).isEqualTo(json);
        assertThat(converter.convertTo(InputStream.class, notification)).hasContent(json);
        assertThat(converter.convertTo(JsonNode.class, notification)).isEqualTo(JSON.toTree(notification));
        assertThat((Object) converter.convertTo(Map.class, notification)).isEqualTo(JSON.toMap(notification));
        assertThat((Object) converter.convertTo(HashMap.class, notification)).isEqualTo(JSON.toMap(notification));
        try (Reader reader = converter.convertTo(Reader.class, notification)) {
            assertThat(reader.transferTo(new StringWriter())).isEqualTo(json.length());
        }
    }

    @Test
    void aMalformedTextIsATypeConversionExceptionWithTheTextInItsCauseOnly() {
        String secret = "{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":7,\"message\":\"secret\"}";

        assertThatThrownBy(() -> converter.convertTo(IMSessionNotification.class, secret))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("String to org.imsession.camel.model.IMSessionNotification: imSessionPath:")
                .hasMessageNotContaining("secret")
                .cause().isInstanceOfSatisfying(MalformedMessageException.class,
                        e -> assertThat(e.raw()).isEqualTo(secret));
    }

    @Test
    void aMessageOfOneTypeIsNotConvertedToAnother() {
        assertThatThrownBy(() -> converter.mandatoryConvertTo(IMLogUpdateMessage.class, NOTIFICATIONS.get(0)))
                .isInstanceOf(NoTypeConversionAvailableException.class);
        assertThat(converter.tryConvertTo(IMLogUpdateMessage.class, "no JSON")).isNull();
    }

    @Test
    void conversionsThatAreNotOursStayCamelsOwn() throws Exception {
        InputStream stream = new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));

        assertThat(converter.convertTo(String.class, stream)).isEqualTo("hello");
        assertThat(converter.convertTo(String.class, new StringReader("hello"))).isEqualTo("hello");
        assertThat(converter.convertTo(byte[].class, "{}")).containsExactly('{', '}');
        assertThat(converter.convertTo(InputStream.class, "hello")).hasContent("hello");
        assertThat(converter.convertTo(String.class, Map.of("a", 1))).isEqualTo("{a=1}");
        assertThat((Object) converter.convertTo(Map.class, "{\"a\":1}")).isNull();
        assertThat((Object) converter.convertTo(Map.class, new Foreign(1))).isNull();
        assertThat(converter.convertTo(InputStream.class, new Foreign(1))).isNull();
        assertThat(converter.convertTo(Integer.class, "5")).isEqualTo(5);
        assertThat(converter.convertTo(IMSessionNotification.class, new Foreign(1))).isNull();
        assertThat(converter.convertTo(IMSessionNotification.class, 5)).isNull();
    }

    private record Foreign(int n) {
    }
}
