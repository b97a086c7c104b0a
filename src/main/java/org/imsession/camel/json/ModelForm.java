package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.imsession.camel.json.NotificationReader.Source;
import org.imsession.camel.json.ValueWriter.Content;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.Participant;

/** The JSON of the types of the model that have one: what {@link IMSessionJson} writes and reads, and its parts. */
final class ModelForm implements JsonForm<Object> {

    private final JsonText json = new JsonText(JsonLimits.DEFAULT);
    private final NotificationReader notifications = new NotificationReader(json);

    @Override
    public void write(Object value, JsonGenerator generator) throws IOException {
        content(value).write(new ValueWriter(generator));
    }

    private static Content content(Object value) {
        if (value instanceof IMSessionNotification notification) {
            return CanonicalForm.of(notification);
        }
        if (value instanceof IMSessionRequest request) {
            return RequestForm.of(request);
        }
        return value instanceof IMSession session ? CanonicalForm.of(session) : CanonicalForm.of((Participant) value);
    }

    @Override
    public Object read(String text, Class<?> type) {
        Object value;
        if (IMSessionNotification.class.isAssignableFrom(type)) {
            value = notifications.read(text, Source.VALUES);
        } else if (IMSessionRequest.class.isAssignableFrom(type)) {
            value = RequestForm.read(json.read(text, tokens -> {
                tokens.requireObject();
                return tokens.object();
            }));
        } else {
            value = json.read(text, type == IMSession.class ? SessionReader::session : SessionReader::participant);
        }
        if (!type.isInstance(value)) {
            throw new Rejection("the JSON is that of the type " + value.getClass().getSimpleName());
        }
        return value;
    }

    @Override
    public int maxTextLength() {
        return json.limits().maxTextLength();
    }
}
