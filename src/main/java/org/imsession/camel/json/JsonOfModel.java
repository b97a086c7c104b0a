package org.imsession.camel.json;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names to any mapper of Jackson 2 and 3 who writes and reads a type of the model. The JVM passes over what a host does
 * not have. One annotation of our own, because a compiler that is asked for all warnings warns of an annotation with
 * members whose class is missing, but not of one within another.
 */
@JacksonAnnotationsInside
@JsonSerialize(using = ModelSerializer.class)
@JsonDeserialize(using = ModelDeserializer.class)
@tools.jackson.databind.annotation.JsonSerialize(using = Jackson3ModelSerializer.class)
@tools.jackson.databind.annotation.JsonDeserialize(using = Jackson3ModelDeserializer.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JsonOfModel {
}
