package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.AgentDevice;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.NotificationType;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation sends and gives, however it is asked for. */
class EveryOperationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TARGET = IMSessionConstants.TARGET_ID;
    private static final String DESTINATION = IMSessionConstants.DESTINATION;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    private Talk talk;
    private String bob;
    private String device;

    @BeforeEach
    void begin() {
        talk = new Talk(gws);
        bob = gws.agent("bob").phoneNumber();
        device = gws.agent("alice").devicePath();
    }

    @AfterEach
    void end() {
        talk.close();
    }

    @Test
    void aNumberIsCalledByHeaderBodyOptionOrRequest() throws Exception {
        talk.did("alice?operation=initiate", Map.of("favColor", "blue"), DESTINATION, bob);
        assertThat(sent("/api/v2/me/im-sessions")).isEqualTo(JSON.readTree("""
                {"operationName":"InitiateIMSession","destination":{"phoneNumber":"%s"},
                "userData":{"favColor":"blue"},"devicePath":"%s"}""".formatted(bob, device)));
        gws.agent("alice").session().complete();
        talk.did("alice?operation=initiate", bob);
        gws.agent("alice").session().complete();
        talk.did("alice?operation=initiate&destination=" + bob, null);
        gws.agent("alice").session().complete();
        talk.did("alice", new IMSessionRequest.Initiate(bob, Map.of(), device));
        assertThat(gws.agent("alice").session().peerNumber()).isEqualTo(bob);
        assertThat(gws.requests().bodies(Step.OPERATION)).hasSize(4);
    }

    @Test
    void aTextIsSentWithItsDestinationAndDeviceFoundOut() throws Exception {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        Exchange done = talk.did("alice?operation=sendMessage", "Hello!\nThis is \u00e4 first message.", TARGET,
                session.id());
        JsonNode expected = JSON.readTree("""
                {"operationName":"SendMessage","text":"Hello!\\nThis is \u00e4 first message.",
                "destination":{"phoneNumber":"%s"},"devicePath":"%s"}""".formatted(bob, device));
        assertThat(sent("/api/v2/me" + session.path())).isEqualTo(expected);
        assertThat(done.getMessage().getBody()).as("the body, for there is no result")
                .isEqualTo("Hello!\nThis is \u00e4 first message.");
        assertThat(done.getMessage().getHeader(IMSessionConstants.ID)).isEqualTo(session.id());
        int reads = gws.requests().count(Step.SNAPSHOT) + gws.requests().count(Step.DEVICES);
        talk.did("alice?operation=sendMessage", "again", TARGET, session.path());
        assertThat(gws.requests().count(Step.SNAPSHOT) + gws.requests().count(Step.DEVICES))
                .as("reads for the second text").isEqualTo(reads);
    }

    @Test
    void whatIsGivenIsSentAsGiven() throws Exception {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        talk.did("alice?operation=sendMessage&destination=1&devicePath=/devices/1&sessionId=1"
                        + "&allowFromHeaders=all", "x",
                TARGET, session.id(), DESTINATION, "4711", IMSessionConstants.DEVICE_PATH, device);
        assertThat(sent("/api/v2/me" + session.path()).at("/destination/phoneNumber").asText()).isEqualTo("4711");
        talk.did("alice", new IMSessionRequest.SendMessage(session.id(), "y", "4712", device), DESTINATION, "4711");
        assertThat(sent("/api/v2/me" + session.path()).at("/destination/phoneNumber").asText()).isEqualTo("4712");
        assertThat(gws.requests().count(Step.SNAPSHOT)).isZero();
    }

    @Test
    void aReceivedTextIsPassedOnAsText() throws Exception {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        talk.did("alice?operation=sendMessage", new IMLogUpdateMessage(NotificationType.NEW_MESSAGE, "NewMessage",
                "/im-sessions/other", "said elsewhere", Map.of(), ""), TARGET, session.id());
        assertThat(sent("/api/v2/me" + session.path()).path("text").asText()).isEqualTo("said elsewhere");
    }

    @Test
    void userDataAreAMapOrJsonAndAreAttachedUpdatedAndDeleted() throws Exception {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        String path = "/api/v2/me" + session.path();
        talk.did("alice?operation=attachUserData", Map.of("bestNumber", "3", "tags", List.of(1, true)), TARGET,
                session.id());
        assertThat(sent(path)).isEqualTo(JSON.readTree("""
                {"operationName":"AttachUserData","userData":{"bestNumber":"3","tags":[1,true]}}"""));
        talk.did("alice?operation=updateUserData", "{\"bestNumber\": 12345678901234567890.10}", TARGET, session.id());
        assertThat(gws.requests().last(Step.OPERATION).orElseThrow().text()).isEqualTo(
                "{\"operationName\":\"UpdateUserData\",\"userData\":{\"bestNumber\":12345678901234567890.10}}");
        talk.did("alice?operation=deleteUserData", "bestNumber", TARGET, session.id());
        JsonNode delete = JSON.readTree("{\"operationName\":\"DeleteUserData\",\"key\":\"bestNumber\"}");
        assertThat(sent(path)).isEqualTo(delete);
        talk.did("alice?operation=deleteUserData", Map.of("ignored", 1), TARGET, session.id(),
                IMSessionConstants.USER_DATA_KEY, "bestNumber");
        assertThat(sent(path)).isEqualTo(delete);
    }

    @ParameterizedTest
    @ValueSource(strings = { "complete", "Complete", " COMPLETE " })
    void anOperationIsNamedAsOursOrAsTheirsInAnyCaseByHeader(String name) throws Exception {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        talk.did("alice", null, IMSessionConstants.OPERATION, name, TARGET, session.id());
        assertThat(sent("/api/v2/me" + session.path())).isEqualTo(JSON.readTree("{\"operationName\":\"Complete\"}"));
        assertThat(session.isCompleted()).isTrue();
    }

    @Test
    void theDocumentedNameIsAnOptionAsWell() {
        talk.did("alice?operation=InitiateIMSession", bob);
        assertThat(gws.agent("alice").hasSession()).isTrue();
    }

    @Test
    void sessionsAndDevicesAreRead() {
        SimulatedSession session = gws.agent("alice").talksTo("bob").attach(Map.of("favColor", "blue"));
        assertThat(talk.did("alice?operation=listSessions", null).getMessage().getBody()).asInstanceOf(
                org.assertj.core.api.InstanceOfAssertFactories.list(IMSession.class)).singleElement()
                .satisfies(each -> assertThat(each.id()).isEqualTo(session.id()));
        Exchange one = talk.did("alice?operation=getSession", null, TARGET, session.id());
        assertThat(one.getMessage().getBody(IMSession.class).userData()).isEqualTo(Map.of("favColor", "blue"));
        assertThat(talk.did("alice?operation=listDevices", null).getMessage().getBody()).isEqualTo(List.of(
                new AgentDevice(device.substring("/devices/".length()), gws.agent("alice").phoneNumber(),
                        "LoggedOut")));
    }

    /** The body of the last operation, which must have gone to that path. */
    private JsonNode sent(String path) throws Exception {
        RecordedRequest last = gws.requests().last(Step.OPERATION).orElseThrow();
        assertThat(last.path()).isEqualTo(path);
        return JSON.readTree(last.text());
    }
}
