package org.imsession.camel.consumer;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Listens to what is logged during a test, and passes it on afterwards. */
public final class LogLines implements BeforeEachCallback, AfterEachCallback {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private PrintStream console;

    @Override
    public void beforeEach(ExtensionContext context) {
        console = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setErr(console);
        console.print(log.toString(StandardCharsets.UTF_8));
    }

    /** The lines so far that contain these words. */
    public List<String> with(String words) {
        return log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(words)).toList();
    }
}
