package org.imsession.camel.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The two notifications of the API documentation, word for word. */
final class Documented {

    static final String STATE_CHANGE = read("state-change");
    static final String MESSAGE = read("message");
    static final String SESSION = "12398123091823091283012";

    private Documented() {
    }

    private static String read(String name) {
        try (InputStream in = Documented.class.getResourceAsStream("/documented/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
