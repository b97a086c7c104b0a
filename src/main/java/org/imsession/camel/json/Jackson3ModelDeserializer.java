package org.imsession.camel.json;

/** Named by {@link JsonOfModel}, for Jackson 3 to make. */
public final class Jackson3ModelDeserializer extends Jackson3Deserializer<Object> {

    public Jackson3ModelDeserializer() {
        this(Object.class);
    }

    private Jackson3ModelDeserializer(Class<?> type) {
        super(type, new ModelForm());
    }

    @Override
    protected Jackson3ModelDeserializer of(Class<?> type) {
        return new Jackson3ModelDeserializer(type);
    }
}
