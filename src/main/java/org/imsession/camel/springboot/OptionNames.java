package org.imsession.camel.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.imsession.camel.IMSessionComponent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names of all options of the component, as its generated metadata has them, in whatever spelling. */
final class OptionNames {

    private static final String METADATA = "/META-INF/org/imsession/camel/imsession.json";

    /** By the name without dashes, in lower case, which is what an environment variable leaves of it. */
    private final Map<String, String> names = new LinkedHashMap<>();

    OptionNames() {
        try (InputStream in = IMSessionComponent.class.getResourceAsStream(METADATA);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            ((JsonObject) Jsoner.deserialize(reader)).getMap("componentProperties").keySet()
                    .forEach(name -> names.put(String.valueOf(name).toLowerCase(Locale.ROOT), String.valueOf(name)));
        } catch (IOException | DeserializationException e) {
            throw new IllegalStateException("The jar of camel-imsession is incomplete: " + METADATA, e);
        }
    }

    /**
     * What a name of the environment stands for. {@code CAMEL_COMPONENT_IMSESSION_SERVER_URL} is {@code server.url}
     * there, so the longest run of elements that makes an option is taken for it.
     *
     * @param name a name of the environment
     * @param from how many of its elements belong to the component
     * @return {@code null} if no option begins so
     */
    OptionPath path(ConfigurationPropertyName name, int from) {
        for (int end = name.getNumberOfElements(); end > from; end--) {
            String option = names.get(uniform(name.chop(end).subName(from)));
            if (option != null) {
                return new OptionPath(option, name.subName(end));
            }
        }
        return null;
    }

    /** The option whose name comes nearest to this, in kebab case, if one comes near. */
    Optional<String> nearest(ConfigurationPropertyName name) {
        String wanted = uniform(name);
        return names.keySet().stream().min(Comparator.comparingInt(known -> distance(wanted, known)))
                .filter(known -> distance(wanted, known) <= Math.max(2, wanted.length() / 4))
                .map(known -> StringHelper.camelCaseToDash(names.get(known)));
    }

    private static String uniform(ConfigurationPropertyName name) {
        StringBuilder uniform = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            uniform.append(name.getElement(i, Form.UNIFORM));
        }
        return uniform.toString();
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
