package org.imsession.camel.json;

/** Named by {@link JsonOfModel}, for Jackson 2 to make. */
public final class ModelSerializer extends FormSerializer<Object> {

    private static final long serialVersionUID = 1L;

    public ModelSerializer() {
        super(Object.class, new ModelForm());
    }
}
