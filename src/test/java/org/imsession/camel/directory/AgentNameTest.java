package org.imsession.camel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionEndpoint;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Roster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of an agent stands in every line about it, so one that could forge or turn a line is no name. */
class AgentNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"\nIMS-001", "\u0085", "\u009b2J", "\u2028", "\u202e", "\u2066", "\u200b", "\ud800"})
    void aNameThatCannotBeSeenIsRefusedAndShownEscaped(String forged) throws Exception {
        Roster roster = Roster.of(Map.of("alice" + forged, AgentCredentials.ofPassword("alice", "secret")));
        assertThat(roster.agents()).isEmpty();
        assertThat(roster.rejected()).singleElement().satisfies(entry ->
                assertThat(entry.agent() + entry.why()).matches("[ -~]+").contains("alice\\u"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            IMSessionEndpoint endpoint = context.getEndpoint("imsession:alice?serverUrl=http://127.0.0.1:1&password=x",
                    IMSessionEndpoint.class);
            endpoint.setAgent("alice" + forged);
            assertThatThrownBy(() -> endpoint.createProducer().init())
                    .hasMessageContaining("alice\\u").hasMessageMatching("[ -~]+");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "DOMAIN\\alice", "\u00e9\u4e2d", "a b"})
    void aNameThatPeopleCanReadIsTaken(String name) {
        assertThat(Roster.of(Map.of(name, AgentCredentials.ofPassword("alice", "secret"))).agents())
                .containsOnlyKeys(name);
    }
}
