package org.imsession.camel.json;

/** Named by {@link JsonOfModel}, for Jackson 3 to make. */
public final class Jackson3ModelSerializer extends Jackson3Serializer<Object> {

    public Jackson3ModelSerializer() {
        super(Object.class, new ModelForm());
    }
}
