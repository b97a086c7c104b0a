package org.imsession.camel.springboot;

import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * An option, or a part of the object that is its value.
 *
 * @param option the name of the option, such as {@code stateRepository}
 * @param part   the way from there to the part, empty for the option itself
 */
record OptionPath(String option, ConfigurationPropertyName part) {

    /** The one spelling under which Spring finds all others: {@code state-repository.folder}. */
    ConfigurationPropertyName spelled() {
        return ConfigurationPropertyName.of(StringHelper.camelCaseToDash(option)).append(part);
    }

    /** The name for Camel: {@code stateRepository.folder}, {@code list[0]}. */
    String key() {
        StringBuilder key = new StringBuilder(option);
        for (int i = 0; i < part.getNumberOfElements(); i++) {
            String element = part.getElement(i, Form.ORIGINAL);
            key.append(part.isNumericIndex(i) ? "[" + element + "]" : "." + StringHelper.dashToCamelCase(element));
        }
        return key.toString();
    }
}
