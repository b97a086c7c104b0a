package org.imsession.camel.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.imsession.camel.model.LogText;

/**
 * Reads the texts of options in front of the generated configurer, by whatever way they come: an address, a property
 * for the component, Spring Boot. What cannot be read is refused with option, value and form as the root cause; Camel would
 * take 0 for many of them.
 *
 * @param generated sets the options
 * @param bounds    those of whole numbers and durations, whose names may be cased in any way
 * @param secret    gives the exact value of an option that may have lost something on its way
 */
public record OptionReader(PropertyConfigurer generated, List<OptionBound> bounds, BinaryOperator<String> secret)
        implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {

    /** The one in front of another; {@code null} if there is no other yet. */
    public static PropertyConfigurer before(PropertyConfigurer generated, List<OptionBound> bounds,
                                            BinaryOperator<String> secret) {
        return generated == null ? null : new OptionReader(generated, bounds, secret);
    }

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        if (!(value instanceof String text) || text.startsWith("#")) {
            return generated.configure(context, target, name,
                    value instanceof String given ? secret.apply(name, given) : value, ignoreCase);
        }
        Optional<OptionBound> bound = bounds.stream()
                .filter(each -> each.option().equalsIgnoreCase(name)).findFirst();
        if (bound.isPresent()) {
            return generated.configure(context, target, name, bound.get().read(text), ignoreCase);
        }
        Class<?> type = getOptionType(name, ignoreCase);
        if (type == double.class) {
            return generated.configure(context, target, name, decimal(name, text), ignoreCase);
        }
        if (type == boolean.class) {
            if (!List.of("true", "false").contains(text.strip().toLowerCase(Locale.ROOT))) {
                throw refused(name, text, "true or false");
            }
            return generated.configure(context, target, name, text.strip(), ignoreCase);
        }
        if (type != null && type.isEnum()) {
            return constant(context, target, name, text.strip(), type, ignoreCase);
        }
        return generated.configure(context, target, name, secret.apply(name, text), ignoreCase);
    }

    private static double decimal(String name, String text) {
        try {
            double number = Double.parseDouble(text.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw refused(name, text, "a number such as 0.5 or 2");
    }

    private boolean constant(CamelContext context, Object target, String name, String text, Class<?> type,
                             boolean ignoreCase) {
        try {
            return generated.configure(context, target, name, text, ignoreCase);
        } catch (RuntimeException e) { // no cause: ours says more
            throw refused(name, text, "one of " + Arrays.toString(type.getEnumConstants()));
        }
    }

    private static IllegalArgumentException refused(String name, String text, String form) {
        return new IllegalArgumentException(name + "=" + LogText.escape(text) + " cannot be read; give " + form);
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return generated instanceof PropertyConfigurerGetter getter ? getter.getOptionType(name, ignoreCase) : null;
    }

    @Override
    public String[] getAutowiredNames() {
        return generated instanceof PropertyConfigurerGetter getter ? getter.getAutowiredNames() : null;
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return generated instanceof PropertyConfigurerGetter getter
                ? getter.getCollectionValueType(target, name, ignoreCase) : null;
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return generated instanceof PropertyConfigurerGetter getter
                ? getter.getOptionValue(target, name, ignoreCase) : null;
    }
}
