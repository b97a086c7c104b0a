package org.imsession.simulator.http;

import java.util.Optional;
import java.util.function.Supplier;
import org.imsession.simulator.agents.Switchboard;
import org.imsession.simulator.fault.FaultScript;
import org.imsession.simulator.record.RequestLog;
import org.imsession.simulator.replay.Replay;
import org.imsession.simulator.rest.RestApi;
import org.imsession.simulator.settings.GwsSettings;

/**
 * What outlives a restart of the server.
 *
 * @param settings    the settings now in force
 * @param switchboard the agents and their IM sessions
 * @param api         the REST resources
 * @param webSessions the HTTP sessions, cleared by a restart
 * @param faults      the fault script
 * @param log         the record of requests
 * @param replay      what is played instead of all that, to agents who are known; empty if nothing is
 */
public record ServerParts(Supplier<GwsSettings> settings, Switchboard switchboard, RestApi api,
                          WebSessions webSessions, FaultScript faults, RequestLog log,
                          Optional<Replay> replay) {
}
