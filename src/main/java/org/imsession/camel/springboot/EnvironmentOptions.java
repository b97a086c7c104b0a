package org.imsession.camel.springboot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * What the environment says below {@code camel.component.NAME}, in files, environment variables, system properties. Not
 * bound to a map by Boot's Binder: in a map, {@code server-url} of a file and {@code SERVERURL} of an environment
 * variable are two entries, and the one that Spring ranks lower would win.
 */
final class EnvironmentOptions {

    private static final String COMPONENTS = "camel.component";
    /** What Camel Spring Boot itself understands there; no options of a component. */
    private static final List<String> SWITCHES = List.of("enabled", "customizer.enabled");

    private final Environment environment;
    private final ConfigurationPropertyName prefix;

    EnvironmentOptions(Environment environment, String component) {
        this.environment = environment;
        this.prefix = ConfigurationPropertyName.adapt(COMPONENTS + "." + component, '.');
    }

    /** Whether it says anything. */
    boolean present() {
        return !names().isEmpty();
    }

    /** Whether options are to be applied: unless switched off for this component or, if that is not said, for all. */
    boolean enabled() {
        for (String name : SWITCHES) {
            ConfigurationProperty own = find(prefix.append(name));
            ConfigurationProperty found = own != null ? own
                    : find(ConfigurationPropertyName.of(COMPONENTS + "." + name));
            if (found != null && !Boolean.parseBoolean(String.valueOf(found.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Each option that is set, once, however it is spelled and in however many sources; the source that Spring ranks
     * highest wins. What has parts comes before its parts.
     *
     * @param options all options of the component
     * @throws RefusedOptionException if something there is none of these
     */
    Collection<Setting> settings(OptionNames options) {
        Map<String, Setting> settings = new TreeMap<>(Setting.ORDER);
        List<String> refused = new ArrayList<>();
        for (ConfigurationPropertyName name : names()) {
            OptionPath path = options.path(name, prefix.getNumberOfElements());
            ConfigurationProperty found = path == null ? null : find(prefix.append(path.spelled()));
            if (found != null) {
                settings.put(path.key(), new Setting(path.key(),
                        Setting.isPassword(path.key()) ? password(found) : text(found), found));
            } else {
                refused.add(Setting.described(name, find(name)) + " is no option of the component" + options
                        .nearest(name.subName(prefix.getNumberOfElements()))
                        .map(near -> "; did you mean " + prefix.append(near) + "?").orElse(""));
            }
        }
        if (!refused.isEmpty()) {
            throw new RefusedOptionException(refused);
        }
        return settings.values();
    }

    private Set<ConfigurationPropertyName> names() {
        Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource enumerable) {
                for (ConfigurationPropertyName name : enumerable) {
                    if (prefix.isAncestorOf(name)) {
                        names.add(name);
                    }
                }
            }
        }
        for (String name : SWITCHES) {
            names.remove(prefix.append(name));
        }
        return names;
    }

    private ConfigurationProperty find(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property;
            }
        }
        return null;
    }

    /** As it is, unless it is a single placeholder; what Spring would change in it is refused. */
    private String password(ConfigurationProperty property) {
        String written = String.valueOf(property.getValue());
        if (!written.contains("${") || written.startsWith("${") && written.endsWith("}")) {
            return text(property);
        }
        throw new RefusedOptionException(List.of(Setting.described(property.getName(), property) + " has ${ in it, which"
                + " Spring takes for a placeholder; give it by password-file, which takes all characters"));
    }

    private String text(ConfigurationProperty property) {
        try {
            return environment.resolveRequiredPlaceholders(String.valueOf(property.getValue()));
        } catch (IllegalArgumentException e) {
            // Spring's message quotes the whole value, which may be a password
            throw new RefusedOptionException(List.of(Setting.described(property.getName(), property)
                    + " has a placeholder ${...} that stands for nothing"));
        }
    }
}
