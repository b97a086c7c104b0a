package org.imsession.camel.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandOffTest {

    /** The thread belongs to the events of a route, which would have stood still for ever. */
    @Test
    void aTaskThatFailsKeepsNeitherTheOthersNorTheThreadFromGoingOn() {
        List<String> done = new ArrayList<>();
        HandOff.collect(() -> {
            HandOff.execute(() -> {
                throw new IllegalStateException("on purpose");
            }, Runnable::run);
            HandOff.execute(() -> done.add("next"), Runnable::run);
        });
        HandOff.run();
        assertThat(done).containsExactly("next");
    }
}
