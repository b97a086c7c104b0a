package org.imsession.camel.options;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * Settings that are there twice and differ: in two files, of which one overrides the other, meant or not, or in one.
 * Nobody else tells. Names of settings only, for values may be secret.
 */
public final class SettingsFiles {

    private final CamelContext context;
    private final List<String> told = new ArrayList<>();

    private SettingsFiles(CamelContext context) {
        this.context = context;
    }

    /** One line for each file and each pair of files in which a setting differs. */
    public static List<String> contradictions(CamelContext context) {
        SettingsFiles files = new SettingsFiles(context);
        Map<String, Map<String, String>> read = new LinkedHashMap<>();
        context.getPropertiesComponent().getLocations().stream().flatMap(each -> List.of(each.split(",")).stream())
                .map(each -> each.split(";")[0].strip()).distinct()
                .filter(each -> each.endsWith(".properties") && !each.startsWith("ref:"))
                .forEach(location -> files.read(location, read));
        return files.told;
    }

    private void read(String location, Map<String, Map<String, String>> others) {
        Map<String, String> settings = new LinkedHashMap<>();
        Set<String> twice = new TreeSet<>();
        Resource resource = ResourceHelper.resolveResource(context, location);
        if (resource == null || !resource.exists()) {
            return; // optional, or Camel says so
        }
        try (InputStream in = resource.getInputStream()) {
            new Noting(settings, twice).load(in);
        } catch (IOException | IllegalArgumentException e) {
            return; // Camel reads it, too, and says so
        }
        if (!twice.isEmpty()) {
            told.add(location + " sets " + String.join(", ", twice) + " twice, to different values; the last one"
                    + " counts. Remove one");
        }
        others.forEach((other, before) -> {
            Set<String> differing = new TreeSet<>(settings.keySet());
            differing.removeIf(name -> !before.containsKey(name) || before.get(name).equals(settings.get(name)));
            if (!differing.isEmpty()) {
                told.add(other + " and " + location + " differ in " + String.join(", ", differing) + "; what stands in "
                        + other + " counts. If that is not meant, remove it from one");
            }
        });
        others.put(location, settings);
    }

    /** Notes what {@link Properties} would forget. Names of Camel's options may be written in two ways. */
    private static final class Noting extends Properties {

        private static final long serialVersionUID = 1L;
        private final transient Map<String, String> settings;
        private final transient Set<String> twice;

        Noting(Map<String, String> settings, Set<String> twice) {
            this.settings = settings;
            this.twice = twice;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            String name = key.toString();
            String uniform = name.startsWith("camel.component.")
                    ? name.replace("-", "").toLowerCase(Locale.ROOT) : name;
            String before = settings.put(uniform, value.toString());
            if (before != null && !before.equals(value.toString())) {
                twice.add(name);
            }
            return null;
        }
    }
}
