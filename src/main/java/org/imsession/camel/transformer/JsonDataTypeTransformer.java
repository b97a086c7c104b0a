package org.imsession.camel.transformer;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.IMSessionNotification;

/**
 * The body as the canonical JSON of the notification, in bytes of UTF-8, which no later step can write in another
 * charset by accident.
 */
@DataTypeTransformer(name = "imsession:application-json",
                     description = "Transforms a notification of an IM session to its canonical JSON")
public final class JsonDataTypeTransformer extends Transformer {

    private static final IMSessionJson JSON = new IMSessionJson();

    /** @throws Exception if the body is neither a notification nor its JSON */
    @Override
    public void transform(Message message, DataType from, DataType to) throws Exception {
        IMSessionNotification notification = message.getMandatoryBody(IMSessionNotification.class);
        message.setBody(JSON.writeBytes(notification));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
}
