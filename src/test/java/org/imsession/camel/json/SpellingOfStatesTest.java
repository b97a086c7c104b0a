package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.SessionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** I05: the leading blank of the documentation, other spellings, and states that nobody documented. */
class SpellingOfStatesTest {

    @ParameterizedTest
    @CsvSource({"' Talking',TALKING", "talking,TALKING", "'TALKING ',TALKING", "Initiating,INITIATING",
        "Alerting,ALERTING", "Completed,COMPLETED", "Held,UNKNOWN", "'',UNKNOWN", "' ',UNKNOWN"})
    void theStateIsUnderstoodAndItsTextKept(String text, SessionState state) {
        IMSessionStateChangeMessage change =
                Samples.stateChange(Samples.stateChangeOf("\"id\":\"7\",\"state\":\"" + text + "\""));

        assertThat(change.state()).isEqualTo(state);
        assertThat(change.imSession().stateText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"StatusChange,STATUS_CHANGE", "' attachedDataChanged',ATTACHED_DATA_CHANGED", "Rerouted,UNKNOWN"})
    void theNotificationTypeLikewise(String text, NotificationType type) {
        IMSessionStateChangeMessage change = Samples.stateChange(
                Samples.stateChangeOf("\"id\":\"7\"").replace("StatusChange", text));

        assertThat(change.notificationType()).isEqualTo(type);
        assertThat(change.notificationTypeText()).isEqualTo(text);
    }
}
