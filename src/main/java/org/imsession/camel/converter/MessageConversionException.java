package org.imsession.camel.converter;

import org.apache.camel.TypeConversionException;
import org.imsession.camel.model.LogText;

/**
 * A body is no notification, or not of the type that was asked for. Camel's own exception quotes the value in its
 * message, here a chat text; this one names the types and the reason only, and has no value.
 */
final class MessageConversionException extends TypeConversionException {

    private static final long serialVersionUID = 1L;

    private final String message;
    private final transient Class<?> from;

    MessageConversionException(Class<?> from, Class<?> to, RuntimeException cause) {
        super(null, to, cause);
        this.from = from;
        this.message = "Cannot convert " + from.getName() + " to " + to.getName() + ": "
                + LogText.line(String.valueOf(cause.getMessage()));
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public Class<?> getFromType() {
        return from;
    }
}
