package org.imsession.camel.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** The names of all options of the component or of an endpoint, as the generated metadata has them. */
public final class KnownOptions {

    private static final String METADATA = "/META-INF/org/imsession/camel/imsession.json";

    /** By the name in lower case, which is what an environment variable leaves of it. */
    private final Map<String, String> names = new LinkedHashMap<>();

    private KnownOptions(String group) {
        try (InputStream in = KnownOptions.class.getResourceAsStream(METADATA);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            ((JsonObject) Jsoner.deserialize(reader)).getMap(group).keySet()
                    .forEach(name -> names.put(String.valueOf(name).toLowerCase(Locale.ROOT), String.valueOf(name)));
        } catch (IOException | DeserializationException e) {
            throw new IllegalStateException("The jar of camel-imsession is incomplete: " + METADATA, e);
        }
    }

    /** Those of the component. */
    public static KnownOptions ofComponent() {
        return new KnownOptions("componentProperties");
    }

    /** Those of an endpoint. */
    public static KnownOptions ofEndpoint() {
        return new KnownOptions("properties");
    }

    /** The option of that name, which has no dashes, dots and underscores in it and may be cased in any way. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(names.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The option whose name comes nearest to this, if one comes near. */
    public Optional<String> nearest(String name) {
        return nearest(name.toLowerCase(Locale.ROOT), names.keySet()).map(names::get);
    }

    /** The one of these that comes nearest to what was wanted, if one comes near. */
    static Optional<String> nearest(String wanted, Collection<String> names) {
        return names.stream().min(Comparator.comparingInt(known -> distance(wanted, known)))
                .filter(known -> distance(wanted, known) <= Math.max(2, wanted.length() / 4));
    }

    /** How many letters must be changed, added or left out (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], diagonal));
            }
        }
        return row[other.length()];
    }
}
