package org.imsession.camel.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;

/**
 * What stands below {@code camel.component.imsession} in properties and system properties, looked at before Camel Main
 * binds it: Camel's own messages quote the value of what they refuse, which may be a password under
 * a misspelt name.
 */
public final class ComponentProperties {

    private static final String PREFIX = "camel.component.imsession.";
    /** What Camel itself understands there. */
    private static final Set<String> SWITCHES = Set.of("enabled", "customizerenabled");
    private static final Set<String> SECRETS = Set.of("password", "proxyPassword");

    private final Map<String, List<String>> secrets = new HashMap<>();

    /**
     * @param trial sets an option, by name and text, of a component that is thrown away
     * @throws IllegalArgumentException if something there is no option, or a value that cannot be read, or a secret
     *                                  that Camel would change
     */
    public ComponentProperties(CamelContext context, BiConsumer<String, String> trial) {
        Map<String, String> all = new TreeMap<>();
        Properties written = context.getPropertiesComponent().loadProperties(name -> name.startsWith(PREFIX));
        written.stringPropertyNames().forEach(name -> all.put(name, written.getProperty(name)));
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(PREFIX))
                .forEach(name -> all.put(name, System.getProperty(name)));
        if (!all.isEmpty()) {
            look(all, new SecretValue(context), trial);
        }
    }

    private void look(Map<String, String> all, SecretValue context, BiConsumer<String, String> trial) {
        KnownOptions known = KnownOptions.ofComponent();
        List<String> refused = new ArrayList<>();
        all.forEach((name, value) -> {
            String option = name.substring(PREFIX.length());
            String whole = uniform(option);
            // parts of an object, such as stateRepository.folder, are Camel's to look at
            boolean part = option.matches(".*[.\\[].*") && known.find(uniform(option.split("[.\\[]")[0])).isPresent();
            known.find(whole).filter(SECRETS::contains).ifPresent(secret -> keep(secret, name, value, context));
            if (!part && known.find(whole).isEmpty() && !SWITCHES.contains(whole)) {
                refused.add(name + " is no option of the component" + known.nearest(whole).map(near ->
                        "; did you mean " + PREFIX + StringHelper.camelCaseToDash(near) + "?").orElse(""));
            }
            known.find(whole).filter(each -> !SECRETS.contains(each) && !value.startsWith("#") && !value.contains("{{"))
                    .flatMap(each -> wrong(trial, each, value)).ifPresent(why -> refused.add(name + ": " + why));
        });
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", refused));
        }
    }

    /** Else Camel says first that it cannot bind it, and only behind its stack why. */
    private static Optional<String> wrong(BiConsumer<String, String> trial, String option, String value) {
        try {
            trial.accept(option, value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException e) {
            return Optional.empty(); // a bean, for example: that is Camel's
        }
    }

    private static String uniform(String name) {
        return name.replaceAll("[-._]", "").toLowerCase(Locale.ROOT);
    }

    private void keep(String option, String name, String text, SecretValue context) {
        String value = context.of(name, text);
        if (value.contains("{{") || value.contains("}}") || SecretValue.isReference(value)
                || SecretValue.isNamed(value)) {
            throw new IllegalArgumentException(name + " has {{ or }} in it or begins like #bean:, which Camel does not"
                    + " take for text there; give it by passwordFile, which takes all characters");
        }
        secrets.computeIfAbsent(option, each -> new ArrayList<>()).add(value);
    }

    /** The value of a secret option that Camel gives as this: a backslash or blanks may be lost on its way. */
    public String exact(String option, String given) {
        return secrets.entrySet().stream().filter(each -> each.getKey().equalsIgnoreCase(option))
                .flatMap(each -> each.getValue().stream())
                .filter(value -> value.strip().equals(given.strip()) || isCut(value, given))
                .findFirst().orElse(given);
    }

    /** Camel drops a backslash among the last two characters of what comes out of a placeholder. */
    private static boolean isCut(String value, String given) {
        int at = value.lastIndexOf('\\');
        return at >= 0 && at >= value.length() - 2
                && (value.substring(0, at) + value.substring(at + 1)).equals(given);
    }
}
