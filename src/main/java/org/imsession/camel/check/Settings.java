package org.imsession.camel.check;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that the routes have, with what their placeholders stand for: {@code {{name}}}, {@code {{env:NAME}}},
 * {@code {{sys:name}}}, each with a default behind another colon. System properties are stronger than the file.
 */
final class Settings {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
    private static final int DEPTH = 8;

    private final Map<String, String> written = new TreeMap<>();
    private final Map<String, String> environment;
    private final Properties system;

    private Settings(Map<String, String> environment, Properties system) {
        this.environment = environment;
        this.system = system;
    }

    /**
     * @param file where they are; without it environment and system properties are all there is
     * @throws IllegalArgumentException if it cannot be read
     */
    static Settings of(Optional<Path> file, Map<String, String> environment, Properties system) {
        Settings settings = new Settings(environment, system);
        if (file.isPresent()) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(file.get(), StandardCharsets.UTF_8)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException("The settings file " + file.get() + " cannot be read ("
                        + e.getClass().getSimpleName() + "); correct its name or its rights", e);
            }
            read.stringPropertyNames().forEach(name -> settings.written.put(name, read.getProperty(name)));
        }
        return settings;
    }

    /**
     * The value of the first of these that is set, in dashes or in camel case.
     *
     * @throws IllegalArgumentException if something that it names is not there
     */
    Optional<String> first(List<String> names) {
        return names.stream().map(this::raw).flatMap(Optional::stream).findFirst()
                .map(text -> resolved(text, 0)).filter(text -> !text.isEmpty());
    }

    /** The names of settings that match. */
    List<String> names(Pattern pattern) {
        return written.keySet().stream().filter(name -> pattern.matcher(name).matches()).toList();
    }

    private Optional<String> raw(String name) {
        String camel = Pattern.compile("-(\\w)").matcher(name).replaceAll(found -> found.group(1).toUpperCase());
        return List.of(name, camel).stream().map(each -> system.getProperty(each, written.get(each)))
                .filter(each -> each != null).findFirst();
    }

    private String resolved(String text, int depth) {
        Matcher named = PLACEHOLDER.matcher(text);
        if (!named.find()) {
            return text;
        }
        if (depth == DEPTH) {
            throw new IllegalArgumentException("A setting names itself");
        }
        return resolved(named.replaceAll(each -> Matcher.quoteReplacement(value(each.group(1)))), depth + 1);
    }

    private String value(String key) {
        boolean variable = key.startsWith("env:");
        String[] parts = key.substring(variable || key.startsWith("sys:") ? 4 : 0).split(":", 2);
        Optional<String> found = variable ? Optional.ofNullable(environment.get(parts[0])) : raw(parts[0]);
        return found.orElseGet(() -> {
            if (parts.length == 2) {
                return parts[1];
            }
            throw new IllegalArgumentException(variable ? "The environment variable " + parts[0] + " is not set; set it"
                    : "There is no property of a name that the settings give; a password where a name is wanted?");
        });
    }
}
