package org.imsession.camel.monitor;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanContextPropagationExtractor;
import org.apache.camel.telemetry.SpanContextPropagationInjector;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractMessagingSpanDecorator;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.event.Heard;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.camel.model.IMSessionRequest;

/**
 * Describes the spans of this component to a tracer, which finds it by itself: one for each event that a route takes,
 * a child of the span of the operation that caused it, and one for each operation. Camel's own decorators show the
 * whole address and the message of an exception; here, no text, no secret, and the agent only where the endpoint says
 * {@code traceAgent}. Safe for use by several threads.
 */
public final class IMSessionSpanDecorator extends AbstractMessagingSpanDecorator {

    private static final String SYSTEM = "messaging.system";
    private static final String CONVERSATION = "messaging.message.conversation_id";
    private static final String OPERATION = "messaging.operation.name";
    private static final String ERROR_TYPE = "error.type";
    private static final String MESSAGE_TYPE = "imsession.message.type";
    private static final String ORIGIN = "imsession.origin";

    @Override
    public String getComponent() {
        return "imsession";
    }

    @Override
    public String getComponentClassName() {
        return "org.imsession.camel.IMSessionComponent";
    }

    /** Without an id or a name in it, as tracers want it: {@code receive IMLogUpdateMessage}, {@code sendMessage}. */
    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return isReceived(exchange, endpoint)
                ? "receive " + exchange.getIn().getHeader(IMSessionConstants.MESSAGE_TYPE, "im-session", String.class)
                : operation(exchange, endpoint);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        boolean received = isReceived(exchange, endpoint);
        span.setComponent("camel-imsession");
        span.setTag(TagConstants.URL_SCHEME, "imsession");
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        span.setTag(SYSTEM, "gws");
        span.setTag(OPERATION, received ? "receive" : operation(exchange, endpoint));
        setTag(span, exchange, CONVERSATION, IMSessionConstants.ID);
        if (received) {
            setTag(span, exchange, TagConstants.MESSAGE_ID, IMSessionConstants.SEQUENCE);
            setTag(span, exchange, MESSAGE_TYPE, IMSessionConstants.MESSAGE_TYPE);
            setTag(span, exchange, ORIGIN, IMSessionConstants.ORIGIN);
        }
        if (endpoint instanceof EndpointServiceLocation at) {
            Map<String, String> about = at.getServiceMetadata();
            span.setTag(TagConstants.MESSAGE_BUS_DESTINATION, about.get("topic"));
            span.setTag(TagConstants.SERVER_ADDRESS, at.getServiceUrl());
            span.setTag(TagConstants.SERVER_PROTOCOL, at.getServiceProtocol());
            if (Boolean.parseBoolean(about.get("traceAgent"))) {
                span.setTag(TagConstants.USER_NAME, received
                        ? exchange.getIn().getHeader(IMSessionConstants.AGENT, String.class) : about.get("agent"));
            }
        }
    }

    /** The message of an exception may quote what was said. */
    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        if (exchange.isFailed()) {
            span.setError(true);
            if (exchange.getException() != null) {
                span.setTag(ERROR_TYPE, exchange.getException().getClass().getName());
            }
        }
    }

    private static void setTag(Span span, Exchange exchange, String tag, String header) {
        String value = exchange.getIn().getHeader(header, String.class);
        if (value != null) {
            span.setTag(tag, value);
        }
    }

    /** What a template sends has no route. */
    private static boolean isReceived(Exchange exchange, Endpoint endpoint) {
        return exchange.getFromEndpoint() == endpoint && exchange.getFromRouteId() != null;
    }

    /** By option or body, or by a header as far as it names one: names of spans must be few. */
    private static String operation(Exchange exchange, Endpoint endpoint) {
        if (exchange.getIn().getBody() instanceof IMSessionRequest request) {
            return request.operation().label();
        }
        String byOption = endpoint instanceof EndpointServiceLocation at
                ? at.getServiceMetadata().getOrDefault("operation", "") : "";
        return IMSessionOperation.of(exchange.getIn().getHeader(IMSessionConstants.OPERATION,
                byOption, String.class)).map(IMSessionOperation::label).orElse("operation");
    }

    @Override
    public SpanContextPropagationExtractor getExtractor(Exchange exchange) {
        Map<?, ?> cause = exchange.getProperty(Heard.TRACE_CONTEXT, Map.of(), Map.class);
        SpanContextPropagationExtractor headers = super.getExtractor(exchange);
        return new SpanContextPropagationExtractor() {

            @Override
            public Set<String> keys() {
                return cause.isEmpty() ? headers.keys()
                        : cause.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
            }

            @Override
            public Object get(String name) {
                return cause.isEmpty() ? headers.get(name) : cause.get(name);
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return headers.iterator();
            }
        };
    }

    /** To the headers, as all components do, and to where our producer takes it from. */
    @Override
    public SpanContextPropagationInjector getInjector(Exchange exchange) {
        SpanContextPropagationInjector headers = super.getInjector(exchange);
        Map<String, String> context = new HashMap<>();
        exchange.setProperty(Heard.TRACE_CONTEXT, context);
        return (name, value) -> {
            context.put(name, value);
            headers.put(name, value);
        };
    }
}
