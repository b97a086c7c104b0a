package org.imsession.camel.options;

import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/**
 * A secret that is written, or named by {@code #property:NAME} or a single placeholder. Looked up so that nothing of it
 * changes: Camel's own way takes what is in a value for placeholders again and loses a backslash near its end. What
 * cannot be had so is refused with the name of the option, and never with the value.
 *
 * @param context where properties are
 */
public record SecretValue(CamelContext context) {

    private static final String PROPERTY = "#property:";
    /** What Camel takes for something else than a text, wherever it binds options. */
    private static final List<String> REFERENCES = List.of("#bean:", "#class:", "#type:", "#autowired", "#convert:",
            "#valueAs(");
    /** Camel unescapes no backslash with two characters behind it, unless these are braces. */
    private static final String GUARD = "||";
    private static final int DEPTH = 8;
    private static final String REMEDY = "; a password of any characters can be given by passwordFile";

    /** Whether it is a name, as a whole; a text with a placeholder somewhere in it is none. */
    static boolean isNamed(String text) {
        return text.startsWith(PROPERTY) || text.startsWith("{{") && text.endsWith("}}");
    }

    /** Whether Camel would not take it for a text. */
    static boolean isReference(String text) {
        return REFERENCES.stream().anyMatch(text::startsWith);
    }

    /**
     * The secret itself.
     *
     * @param option the option, for messages
     * @param text   the secret, or its name
     * @throws IllegalArgumentException if it is a reference to a bean, or a name that stands for nothing
     */
    public String of(String option, String text) {
        if (isReference(text)) {
            throw new IllegalArgumentException(option + " begins with " + REFERENCES.stream().filter(text::startsWith)
                    .findFirst().orElseThrow() + ", which is taken for a reference" + REMEDY);
        }
        String value = text;
        for (int i = 0; isNamed(value); i++) {
            if (i == DEPTH) {
                throw new IllegalArgumentException(option + " names a property that names itself" + REMEDY);
            }
            value = lookUp(option, value);
        }
        return value;
    }

    /** The same for a text of placeholders. */
    public String of(String text) {
        return of("the password", text);
    }

    /** What is wrong with a name. Not the name, for it may be the password, which somebody took for what is wanted. */
    private String missing(String key, RuntimeException failure) {
        if (key.matches("env:[A-Z][A-Z0-9_]*")) {
            return ": the environment variable " + key.substring("env:".length()) + " is not set; set it";
        }
        Set<String> names = context.getPropertiesComponent().loadProperties(name -> true).stringPropertyNames();
        if (key.contains(":") || names.contains(key)) {
            return " names a property that cannot be looked up (" + failure.getClass().getSimpleName()
                    + "); check that the property or secret exists";
        }
        return " names no property that is there; give the name of the property that holds the password, not the"
                + " password itself" + KnownOptions.nearest(key, names).map(near -> " (did you mean " + near + "?)")
                .orElse(", which is why it is not shown");
    }

    private String lookUp(String option, String name) {
        String placeholder = name.startsWith(PROPERTY) ? "{{" + name.substring(PROPERTY.length()) + "}}" : name;
        String key = placeholder.substring(2, placeholder.length() - 2);
        String variable = key.startsWith("env:") ? System.getenv(key.substring("env:".length())) : null;
        if (variable != null) {
            return variable;
        }
        String found;
        try {
            found = context.resolvePropertyPlaceholders(placeholder + "?nested=false" + GUARD);
        } catch (RuntimeException e) { // no cause: its message may quote a part of the secret
            throw new IllegalArgumentException(option + missing(key, e) + REMEDY);
        }
        String value = found.substring(0, found.length() - GUARD.length());
        if (!value.contains("{{") && !value.contains("}}")) {
            return value;
        }
        // a backslash before braces may have been lost: the property itself tells
        String exact = context.getPropertiesComponent().loadProperties(key::equals).getProperty(key);
        if (exact != null && exact.replace("\\{{", "{{").replace("\\}}", "}}").equals(value)) {
            return exact;
        }
        return value;
    }
}
