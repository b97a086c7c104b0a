package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** I04: a member of a wrong type makes the message unknown, with the place of the fault. */
class WrongTypesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"id\":{}                                        | imSession.id: expected text, found an object",
        "\"id\":1.5                                       | imSession.id: expected text, found a number",
        "\"id\":\"7\",\"state\":[]                        | imSession.state: expected text, found an array",
        "\"id\":\"7\",\"path\":true                       | imSession.path: expected text, found true or false",
        "\"id\":\"7\",\"uri\":1                           | imSession.uri: expected text, found a number",
        "\"id\":\"7\",\"userData\":[]                     | imSession.userData: expected an object, found an array",
        "\"id\":\"7\",\"participants\":{}                 | imSession.participants: expected an array, found an object",
        "\"id\":\"7\",\"participants\":[{},{},{\"digits\":3002}] "
                + "| imSession.participants[2].digits: expected text, found a number",
        "\"id\":\"7\",\"participants\":[{},3] | imSession.participants[1]: expected an object, found a number",
        "\"id\":\"7\",\"capabilities\":\"Complete\"       | imSession.capabilities: expected an array, found text",
        "\"id\":\"7\",\"capabilities\":[\"Complete\",{}]  | imSession.capabilities[1]: expected text, found an object",
    })
    void aWrongTypeInsideASessionNamesItsPlace(String members, String reason) {
        assertRejected(Samples.stateChangeOf(members), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"imSession\":5                                  | imSession: expected an object, found a number",
        "\"imSession\":null                               | imSession: missing",
        "\"notificationType\":3,\"imSession\":{\"id\":\"7\"} | notificationType: expected text, found a number",
    })
    void aWrongTypeInsideAStateChangeNamesItsPlace(String members, String reason) {
        assertRejected("{\"messageType\":\"IMSessionStateChangeMessage\"," + members + "}", reason);
        assertRejected("{" + members + ",\"messageType\":\"IMSessionStateChangeMessage\"}", reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"message\":\"x\"                   | imSessionPath: missing, or without the id of a session at its end",
        "\"imSessionPath\":\"/im-sessions/\" | imSessionPath: missing, or without the id of a session at its end",
        "\"imSessionPath\":7,\"message\":\"x\"            | imSessionPath: expected text, found a number",
        "\"imSessionPath\":\"/im-sessions/7\"             | message: missing",
    })
    void aWrongTypeInsideALogUpdateNamesItsPlace(String members, String reason) {
        assertRejected("{\"messageType\":\"IMLogUpdateMessage\"," + members + "}", reason);
    }

    private static void assertRejected(String json, String reason) {
        UnknownMessage message = Samples.unknown(json);

        assertThat(message.reason()).isEqualTo(reason);
        assertThat(message.messageType()).endsWith("Message");
        assertThat(message.content()).as("it is well-formed").isNotEmpty();
        assertThat(message.raw()).isEqualTo(json);
    }
}
