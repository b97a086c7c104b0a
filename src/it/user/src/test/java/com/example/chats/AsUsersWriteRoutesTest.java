package com.example.chats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What Camel offers for any body, on the typed body of an event. */
class AsUsersWriteRoutesTest extends CamelTestSupport {

    private JdbcAggregationRepository kept;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        JdbcTemplate sql = new JdbcTemplate(database);
        for (String table : List.of("texts", "texts_completed")) {
            sql.execute("CREATE TABLE " + table + " (id VARCHAR(255) PRIMARY KEY, exchange BLOB, version BIGINT)");
        }
        sql.execute("ALTER TABLE texts_completed ADD instance_id VARCHAR(255)");
        kept = new JdbcAggregationRepository(new DataSourceTransactionManager(database), "texts", database);
        kept.setReturnOldExchange(true);
        return super.createCamelContext();
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:jsonpath").choice().when().jsonpath("$.imSession[?(@.state == 'Talking')]")
                        .setBody().jsonpath("$.imSession.userData.favColor").to("mock:out");
                from("direct:jq").choice().when().jq(".imSession.state == \"Talking\"")
                        .setBody().jq(".imSession.userData.favColor").to("mock:out");
                from("direct:simple").choice().when().simple("${body.state} == 'TALKING'")
                        .setBody().simple("${body.imSession.userData[favColor]}").to("mock:out");
                from("direct:groovy").choice().when().groovy("body.state().name() == 'TALKING'")
                        .setBody().groovy("body.imSession().userData().favColor").to("mock:out");
                from("direct:log").log("${body}").log("${body.messageType} of ${body.sessionId}")
                        .to("log:chats?showAll=true").to("mock:out");
                from("direct:seda").to("seda:next");
                from("seda:next").to("mock:out");
                from("direct:split").split().simple("${body.imSession.participants}")
                        .setBody().simple("${body.phoneNumber}").to("mock:out");
                from("direct:idempotent").idempotentConsumer(header("CamelIMSessionSequence"),
                        MemoryIdempotentRepository.memoryIdempotentRepository()).to("mock:out");
                from("direct:memory").aggregate(simple("${body.sessionId}"), new GroupedBodyAggregationStrategy())
                        .completionSize(2).to("mock:out");
                from("direct:jdbc").setHeader("session", simple("${body.sessionId}")).convertBodyTo(String.class)
                        .aggregate(header("session"), (before, next) -> {
                            if (before != null) {
                                next.getMessage().setBody(before.getMessage().getBody(String.class) + "\n"
                                        + next.getMessage().getBody(String.class));
                            }
                            return next;
                        }).aggregationRepository(kept).completionSize(2)
                        .split(body().tokenize("\n")).convertBodyTo(IMSessionNotification.class).to("mock:out");
                from("direct:unconverted").aggregate(constant("all"), (before, next) -> before == null ? next : before)
                        .aggregationRepository(kept).completionSize(2).to("mock:out");
            }
        };
    }

    @Test
    void jsonpath() throws Exception {
        assertColour("direct:jsonpath");
    }

    @Test
    void jq() throws Exception {
        assertColour("direct:jq");
    }

    @Test
    void simple() throws Exception {
        assertColour("direct:simple");
    }

    @Test
    void groovy() throws Exception {
        assertColour("direct:groovy");
    }

    /** A body in a log is its JSON, and so what somebody said: the manual warns of it. */
    @Test
    void log() throws Exception {
        out().expectedMessageCount(1);
        template.sendBody("direct:log", Events.text(context));
        MockEndpoint.assertIsSatisfied(context);
        assertFalse(Events.text(context).toString().contains("Hello"));
        assertEquals(context.getTypeConverter().convertTo(String.class, Events.text(context)),
                logged("${body}"), "as a log step makes a text of it");
        assertEquals("IMLogUpdateMessage of 7", logged("${body.messageType} of ${body.sessionId}"));
    }

    @Test
    void seda() throws Exception {
        IMLogUpdateMessage text = Events.text(context);
        out().expectedMessageCount(1);
        template.sendBody("direct:seda", text);
        MockEndpoint.assertIsSatisfied(context);
        assertSame(text, out().getExchanges().get(0).getMessage().getBody());
    }

    @Test
    void split() throws Exception {
        out().expectedBodiesReceived("3002", "3003");
        template.sendBody("direct:split", Events.change(context));
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void idempotentConsumer() throws Exception {
        out().expectedMessageCount(2);
        for (String sequence : List.of("a-1", "a-1", "a-2")) {
            template.sendBodyAndHeader("direct:idempotent", Events.text(context), "CamelIMSessionSequence", sequence);
        }
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aggregateInMemory() throws Exception {
        out().expectedMessageCount(1);
        template.sendBody("direct:memory", Events.change(context));
        template.sendBody("direct:memory", Events.text(context));
        MockEndpoint.assertIsSatisfied(context);
        assertEquals(List.of(Events.change(context), Events.text(context)),
                out().getExchanges().get(0).getMessage().getBody(List.class));
    }

    @Test
    void aggregateByJdbc() throws Exception {
        out().expectedMessageCount(2);
        template.sendBody("direct:jdbc", Events.change(context));
        template.sendBody("direct:jdbc", Events.text(context));
        MockEndpoint.assertIsSatisfied(context);
        assertEquals("Hello", out().getExchanges().get(1).getMessage().getBody(IMLogUpdateMessage.class).message());
    }

    /** On purpose: JMS would make object messages of them, and a repository of exchanges would drop the body. */
    @Test
    void theRecordsAreNotSerializable() {
        assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                .writeObject(Events.text(context)));
        assertNull(context.getTypeConverter().convertTo(Serializable.class, Events.text(context)));
        assertTrue(context.getTypeConverter().convertTo(Map.class, Events.text(context)).containsKey("message"));
    }

    /** Which the manual says: such a repository keeps texts. */
    @Test
    void aTypedBodyThatIsNotConvertedIsNotKeptByJdbc() throws Exception {
        out().expectedMessageCount(1);
        template.sendBody("direct:unconverted", Events.change(context));
        template.sendBody("direct:unconverted", Events.text(context));
        MockEndpoint.assertIsSatisfied(context);
        assertNull(out().getExchanges().get(0).getMessage().getBody());
    }

    private String logged(String message) {
        return context.resolveLanguage("simple").createExpression(message)
                .evaluate(out().getExchanges().get(0), String.class);
    }

    private void assertColour(String route) throws Exception {
        out().expectedBodiesReceived("blue");
        template.sendBody(route, Events.change(context));
        MockEndpoint.assertIsSatisfied(context);
    }

    private MockEndpoint out() {
        return getMockEndpoint("mock:out");
    }
}
