package org.imsession.camel.json;

/** Named by {@link JsonOfModel}, for Jackson 2 to make. */
public final class ModelDeserializer extends FormDeserializer<Object> {

    private static final long serialVersionUID = 1L;

    public ModelDeserializer() {
        this(Object.class);
    }

    private ModelDeserializer(Class<?> type) {
        super(type, new ModelForm());
    }

    @Override
    protected ModelDeserializer of(Class<?> type) {
        return new ModelDeserializer(type);
    }
}
