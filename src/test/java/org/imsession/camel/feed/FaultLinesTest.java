package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.threads.SerialExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lines that ask for a report (IMS-9xx) come with a stack trace, in which others may have their say. */
class FaultLinesTest {

    /** Each way to begin a line, or to look as if; and marks that turn the direction of writing. */
    private static final String FORGED = "\nIMS-999 forged\r\n\tat forged.Frame\u0085\u009b2J\u001b[2J\u2028\u202e\u2066";

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void theStackTraceOfAFaultForgesNoLineAndSaysWhatAndWhereItWas() {
        new SerialExecutor(Runnable::run).execute(() -> {
            RuntimeException hostile = new IllegalStateException("task: a" + FORGED,
                    new IllegalArgumentException("cause: a" + FORGED));
            hostile.addSuppressed(new IllegalArgumentException("suppressed: a" + FORGED));
            throw hostile;
        });
        assertThat(log.with("IMS-900")).hasSize(1);
        for (String words : List.of("IllegalStateException: task: a", "Caused by: java.lang.IllegalArgumentException: ",
                "Suppressed: java.lang.IllegalArgumentException: ")) {
            assertThat(log.with(words)).singleElement().asString().contains("a\\u000aIMS-999 forged\\u000d")
                    .matches("[ -~\t]*");
        }
        assertThat(log.with("forged")).hasSize(3);
        assertThat(log.with("\tat " + FaultLinesTest.class.getName())).isNotEmpty();
    }
}
