package org.imsession.camel.springboot;

import java.util.Optional;
import org.apache.camel.util.StringHelper;
import org.imsession.camel.options.KnownOptions;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names of all options of the component, as its generated metadata has them, in whatever spelling. */
final class OptionNames {

    private final KnownOptions known = KnownOptions.ofComponent();

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
            Optional<String> option = known.find(uniform(name.chop(end).subName(from)));
            if (option.isPresent()) {
                return new OptionPath(option.get(), name.subName(end));
            }
        }
        return null;
    }

    /** The option whose name comes nearest to this, in kebab case, if one comes near. */
    Optional<String> nearest(ConfigurationPropertyName name) {
        return known.nearest(uniform(name)).map(StringHelper::camelCaseToDash);
    }

    private static String uniform(ConfigurationPropertyName name) {
        StringBuilder uniform = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            uniform.append(name.getElement(i, Form.UNIFORM));
        }
        return uniform.toString();
    }
}
