package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.imsession.camel.model.IMSession;
import org.junit.jupiter.api.Test;

/** I16 and S08: names that steer other software are data like any other. */
class AttachedDataStaysInTheBodyTest {

    @Test
    void namesOfCamelHeadersAreData() {
        Map<String, Object> userData = session("\"userData\":{\"CamelFileName\":\"../../x\","
                + "\"camelHttpUri\":\"http://x\",\"bcc\":\"a@b\"}").userData();

        assertThat(userData).containsExactly(entry("CamelFileName", "../../x"), entry("camelHttpUri", "http://x"),
                entry("bcc", "a@b"));
    }

    @Test
    void namesOfJavaClassesAreData() {
        IMSession session = session("\"@class\":\"javax.script.ScriptEngineManager\",\"class\":\"java.lang.Runtime\","
                + "\"userData\":{\"@class\":\"java.net.URL\",\"x\":[\"java.net.URL\",\"http://127.0.0.1:1/\"]}");

        assertThat(session.other()).containsEntry("@class", "javax.script.ScriptEngineManager")
                .containsEntry("class", "java.lang.Runtime");
        assertThat(session.userData()).containsEntry("@class", "java.net.URL");
        assertThat(session.userData().get("x")).asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("java.net.URL", "http://127.0.0.1:1/");
    }

    private static IMSession session(String members) {
        return Samples.stateChange(Samples.stateChangeOf("\"id\":\"7\"," + members)).imSession();
    }
}
