package org.imsession.camel.springboot;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The value of one option.
 *
 * @param key      the option as Camel knows it, such as {@code serverUrl}, or a part of it:
 *                 {@code configuration.serverUrl}
 * @param value    the value as text, its placeholders resolved
 * @param property where it was found
 */
record Setting(String key, String value, ConfigurationProperty property) {

    private static final String CONFIGURATION = "configuration";
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token|passphrase");

    /** What holds other options comes before these, and a whole before its parts. */
    static final Comparator<String> ORDER = Comparator
            .comparing((String key) -> !key.equals(CONFIGURATION) && !key.startsWith(CONFIGURATION + "."))
            .thenComparing(Comparator.naturalOrder());

    /** Whether the value may be shown: a secret may not, nor the arguments of a constructor. */
    boolean mayBeShown() {
        return !SECRET.matcher(key).find() && !value.startsWith("#class:");
    }

    /** Whether it is a password, which is carried as it is. */
    boolean isPassword() {
        return isPassword(key);
    }

    static boolean isPassword(String option) {
        return option.equals("password") || option.equals("proxyPassword");
    }

    /** Name and place, without the value. */
    String described() {
        return described(property.getName(), property);
    }

    /** Never the value. */
    @Override
    public String toString() {
        return described();
    }

    static String described(ConfigurationPropertyName name, ConfigurationProperty property) {
        return name + Optional.ofNullable(property).map(ConfigurationProperty::getOrigin)
                .map(origin -> " (" + origin + ")").orElse("");
    }
}
