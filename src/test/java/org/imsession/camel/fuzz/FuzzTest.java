package org.imsession.camel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the fuzz. */
class FuzzTest {

    @Test
    void noAnswerEndsAProcessThatFollowsAHundredAgentsWithLittleHeap(@TempDir Path folder) throws Exception {
        Fuzz fuzz = new Fuzz(100, "128m", System.nanoTime() & 0xFFFFFF, folder.resolve("fuzz.log"));
        assertThat(fuzz.run(Duration.ofSeconds(20))).isEmpty();
    }
}
