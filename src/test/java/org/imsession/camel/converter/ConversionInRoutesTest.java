package org.imsession.camel.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.MalformedMessageException;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.junit.jupiter.api.Test;

/** The converters at work in routes: split by type, charset of the exchange, streams, dead letters. */
class ConversionInRoutesTest extends CamelTestSupport {

    private static final String UPDATE = "{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
            + "\"imSessionPath\":\"/im-sessions/7\",\"message\":\"caf\u00e9 \ud83d\ude00\"}";
    private static final String CHANGE = "{\"messageType\":\"IMSessionStateChangeMessage\",\"imSession\":{\"id\":\"7\","
            + "\"userData\":{\"CamelFileName\":\"x\",\"camelHttpUri\":\"y\",\"bcc\":\"z\"}}}";

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).to("mock:failed");

                from("direct:split").convertBodyTo(IMSessionNotification.class)
                    .choice()
                        .when(body().isInstanceOf(IMLogUpdateMessage.class)).to("mock:messages")
                        .when(body().isInstanceOf(IMSessionStateChangeMessage.class)).to("mock:states")
                        .otherwise().to("mock:others");

                from("direct:latin1").convertBodyTo(byte[].class, "ISO-8859-1").to("mock:latin1");
                from("direct:fromLatin1").setProperty(Exchange.CHARSET_NAME, constant("ISO-8859-1"))
                    .convertBodyTo(IMLogUpdateMessage.class).to("mock:messages");
            }
        };
    }

    @Test
    void aRouteSplitsMessagesFromStates() throws Exception {
        mock("mock:messages").expectedMessageCount(2);
        mock("mock:states").expectedMessageCount(1);
        mock("mock:others").expectedMessageCount(1);

        template.sendBody("direct:split", UPDATE);
        template.sendBody("direct:split", new ByteArrayInputStream(UPDATE.getBytes(StandardCharsets.UTF_8)));
        template.sendBody("direct:split", CHANGE.getBytes(StandardCharsets.UTF_8));
        template.sendBody("direct:split", Map.of("messageType", "TypingMessage"));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(mock("mock:messages").getExchanges()).allSatisfy(exchange ->
                assertThat(exchange.getMessage().getBody(IMLogUpdateMessage.class).raw()).isEqualTo(UPDATE));
    }

    /** I16 */
    @Test
    void attachedDataNeverBecomesAHeader() throws Exception {
        mock("mock:states").expectedMessageCount(1);

        template.sendBody("direct:split", CHANGE);

        MockEndpoint.assertIsSatisfied(context);
        Exchange exchange = mock("mock:states").getExchanges().get(0);
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(exchange.getMessage().getBody(IMSessionStateChangeMessage.class).imSession().userData())
                .containsOnlyKeys("CamelFileName", "camelHttpUri", "bcc");
    }

    @Test
    void aMalformedBodyGoesToTheErrorHandlerWithItsText() throws Exception {
        mock("mock:failed").expectedMessageCount(1);

        template.sendBody("direct:split", "{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"secret\"}");

        MockEndpoint.assertIsSatisfied(context);
        Exchange exchange = mock("mock:failed").getExchanges().get(0);
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        assertThat(exchange.getMessage().getBody(String.class)).contains("secret");
        assertThat(failure).hasStackTraceContaining("imSessionPath: missing")
                .hasRootCauseInstanceOf(MalformedMessageException.class);
        assertThat(failure).extracting(ConversionInRoutesTest::stackTrace).asString().doesNotContain("secret");
    }

    @Test
    void theCharsetOfTheExchangeCountsAndLosesNothing() throws Exception {
        mock("mock:latin1").expectedMessageCount(1);
        mock("mock:messages").expectedMessageCount(1);

        template.sendBody("direct:latin1", new IMSessionJson().read(UPDATE));
        byte[] latin1 = mock("mock:latin1").getExchanges().get(0).getMessage().getBody(byte[].class);
        template.sendBody("direct:fromLatin1", latin1);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(new String(latin1, StandardCharsets.ISO_8859_1)).isEqualTo(
                UPDATE.replace("\u00e9", "\\u00e9").replace("\ud83d\ude00", "\\ud83d\\ude00"));
        assertThat(mock("mock:messages").getExchanges().get(0).getMessage().getBody(IMLogUpdateMessage.class).message())
                .isEqualTo("caf\u00e9 \ud83d\ude00");
    }

    @Test
    void bytesInADeclaredCharsetAreReadInIt() throws Exception {
        mock("mock:messages").expectedMessageCount(1);

        template.sendBody("direct:fromLatin1",
                UPDATE.replace(" \ud83d\ude00", "").getBytes(StandardCharsets.ISO_8859_1));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(mock("mock:messages").getExchanges().get(0).getMessage().getBody(IMLogUpdateMessage.class).message())
                .isEqualTo("caf\u00e9");
    }

    @Test
    void aStreamIsClosedWhenItHasBeenRead() {
        boolean[] closed = {false};
        InputStream stream = new ByteArrayInputStream(UPDATE.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        context.getTypeConverter().convertTo(IMSessionNotification.class, stream);

        assertThat(closed[0]).isTrue();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private MockEndpoint mock(String uri) {
        return getMockEndpoint(uri);
    }
}
