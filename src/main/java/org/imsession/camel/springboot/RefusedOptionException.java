package org.imsession.camel.springboot;

import java.util.List;

/**
 * Something below {@code camel.component.imsession} cannot be applied. Names it, its place and, unless secret, its
 * value.
 */
final class RefusedOptionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    RefusedOptionException(List<String> refused) {
        super(String.join("\n", refused));
    }
}
