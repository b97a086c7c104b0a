package org.imsession.camel.converter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;

/**
 * JSON to notifications and back, for Camel's registry: {@code convertBodyTo(IMLogUpdateMessage.class)},
 * {@code getBody(String.class)}.
 * <p>
 * From JSON: text, bytes, stream (read to its end and closed), reader, map and tree, to a notification or to one of its
 * types. A text that is no notification, and one of another type than asked for, is a
 * {@link org.apache.camel.TypeConversionException} whose cause says why. To JSON: the canonical form; the text as
 * received is {@link IMSessionNotification#raw()}. Bytes are UTF-8 unless the exchange names a charset.
 * <p>
 * Every pair of types stands here by itself: Camel would otherwise take a converter to the interface for one to each
 * of its types, and hand out the wrong one.
 */
@Converter(generateLoader = true)
public final class IMSessionConverter {

    private IMSessionConverter() {
    }

    @Converter
    public static IMSessionNotification toNotification(String json) {
        return JsonBody.read(json, IMSessionNotification.class);
    }

    @Converter
    public static IMSessionNotification toNotification(byte[] json, Exchange exchange) {
        return JsonBody.read(json, exchange, IMSessionNotification.class);
    }

    @Converter
    public static IMSessionNotification toNotification(InputStream json, Exchange exchange) throws IOException {
        return JsonBody.read(json, exchange, IMSessionNotification.class);
    }

    @Converter
    public static IMSessionNotification toNotification(Reader json) throws IOException {
        return JsonBody.read(json, IMSessionNotification.class);
    }

    @Converter
    public static IMSessionNotification toNotification(Map<?, ?> json) {
        return JsonBody.read(json, IMSessionNotification.class);
    }

    @Converter
    public static IMSessionNotification toNotification(JsonNode json) {
        return JsonBody.read(json, IMSessionNotification.class);
    }

    @Converter
    public static IMSessionStateChangeMessage toStateChange(String json) {
        return JsonBody.read(json, IMSessionStateChangeMessage.class);
    }

    @Converter
    public static IMSessionStateChangeMessage toStateChange(byte[] json, Exchange exchange) {
        return JsonBody.read(json, exchange, IMSessionStateChangeMessage.class);
    }

    @Converter
    public static IMSessionStateChangeMessage toStateChange(InputStream json, Exchange exchange) throws IOException {
        return JsonBody.read(json, exchange, IMSessionStateChangeMessage.class);
    }

    @Converter
    public static IMSessionStateChangeMessage toStateChange(Reader json) throws IOException {
        return JsonBody.read(json, IMSessionStateChangeMessage.class);
    }

    @Converter
    public static IMSessionStateChangeMessage toStateChange(Map<?, ?> json) {
        return JsonBody.read(json, IMSessionStateChangeMessage.class);
    }

    @Converter
    public static IMSessionStateChangeMessage toStateChange(JsonNode json) {
        return JsonBody.read(json, IMSessionStateChangeMessage.class);
    }

    @Converter
    public static IMLogUpdateMessage toLogUpdate(String json) {
        return JsonBody.read(json, IMLogUpdateMessage.class);
    }

    @Converter
    public static IMLogUpdateMessage toLogUpdate(byte[] json, Exchange exchange) {
        return JsonBody.read(json, exchange, IMLogUpdateMessage.class);
    }

    @Converter
    public static IMLogUpdateMessage toLogUpdate(InputStream json, Exchange exchange) throws IOException {
        return JsonBody.read(json, exchange, IMLogUpdateMessage.class);
    }

    @Converter
    public static IMLogUpdateMessage toLogUpdate(Reader json) throws IOException {
        return JsonBody.read(json, IMLogUpdateMessage.class);
    }

    @Converter
    public static IMLogUpdateMessage toLogUpdate(Map<?, ?> json) {
        return JsonBody.read(json, IMLogUpdateMessage.class);
    }

    @Converter
    public static IMLogUpdateMessage toLogUpdate(JsonNode json) {
        return JsonBody.read(json, IMLogUpdateMessage.class);
    }

    @Converter
    public static UnknownMessage toUnknown(String json) {
        return JsonBody.read(json, UnknownMessage.class);
    }

    @Converter
    public static UnknownMessage toUnknown(byte[] json, Exchange exchange) {
        return JsonBody.read(json, exchange, UnknownMessage.class);
    }

    @Converter
    public static UnknownMessage toUnknown(InputStream json, Exchange exchange) throws IOException {
        return JsonBody.read(json, exchange, UnknownMessage.class);
    }

    @Converter
    public static UnknownMessage toUnknown(Reader json) throws IOException {
        return JsonBody.read(json, UnknownMessage.class);
    }

    @Converter
    public static UnknownMessage toUnknown(Map<?, ?> json) {
        return JsonBody.read(json, UnknownMessage.class);
    }

    @Converter
    public static UnknownMessage toUnknown(JsonNode json) {
        return JsonBody.read(json, UnknownMessage.class);
    }

    @Converter
    public static FeedGap toFeedGap(String json) {
        return JsonBody.read(json, FeedGap.class);
    }

    @Converter
    public static FeedGap toFeedGap(byte[] json, Exchange exchange) {
        return JsonBody.read(json, exchange, FeedGap.class);
    }

    @Converter
    public static FeedGap toFeedGap(InputStream json, Exchange exchange) throws IOException {
        return JsonBody.read(json, exchange, FeedGap.class);
    }

    @Converter
    public static FeedGap toFeedGap(Reader json) throws IOException {
        return JsonBody.read(json, FeedGap.class);
    }

    @Converter
    public static FeedGap toFeedGap(Map<?, ?> json) {
        return JsonBody.read(json, FeedGap.class);
    }

    @Converter
    public static FeedGap toFeedGap(JsonNode json) {
        return JsonBody.read(json, FeedGap.class);
    }

    @Converter
    public static String toJson(IMSessionNotification notification) {
        return JsonBody.JSON.write(notification);
    }

    @Converter
    public static byte[] toJsonBytes(IMSessionNotification notification, Exchange exchange) {
        return JsonBody.bytes(notification, exchange);
    }

    @Converter
    public static InputStream toJsonStream(IMSessionNotification notification, Exchange exchange) {
        return new ByteArrayInputStream(JsonBody.bytes(notification, exchange));
    }

    @Converter
    public static Reader toJsonReader(IMSessionNotification notification) {
        return new StringReader(JsonBody.JSON.write(notification));
    }

    @Converter
    public static Map<String, Object> toJsonMap(IMSessionNotification notification) {
        return JsonBody.JSON.toMap(notification);
    }

    @Converter
    public static JsonNode toJsonTree(IMSessionNotification notification) {
        return JsonBody.JSON.toTree(notification);
    }
}
