package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;

/** I22, as far as one message goes: what does not fit the life of a session is a message like any other. */
class UnusualLifecycleTest {

    @Test
    void eachMessageIsReadForItselfWhateverCameBefore() {
        List<String> files = List.of("completed.json", "log-update.json", "completed.json",
                "attached-data-changed.json");

        assertThat(files.stream().map(file -> Samples.JSON.read(Samples.bytes(file))))
                .extracting(IMSessionNotification::messageType)
                .containsExactly("IMSessionStateChangeMessage", "IMLogUpdateMessage", "IMSessionStateChangeMessage",
                        "IMSessionStateChangeMessage");
    }
}
