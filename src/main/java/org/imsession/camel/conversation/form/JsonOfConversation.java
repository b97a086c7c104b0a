package org.imsession.camel.conversation.form;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** As {@link org.imsession.camel.json.JsonOfModel}, for a conversation. */
@JacksonAnnotationsInside
@JsonSerialize(using = ConversationSerializer.class)
@JsonDeserialize(using = ConversationDeserializer.class)
@tools.jackson.databind.annotation.JsonSerialize(using = Jackson3ConversationSerializer.class)
@tools.jackson.databind.annotation.JsonDeserialize(using = Jackson3ConversationDeserializer.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JsonOfConversation {
}
