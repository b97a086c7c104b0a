package org.imsession.simulator.redaction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of GWS' and Bayeux' JSON that are known, and what is kept of each. A member that is not here is
 * replaced.
 */
enum Members {

    /** An object, or a list of objects, whose members are looked up here in turn. */
    STRUCTURE("data imSession imSessions participants user devices features services service advice ext metrics"
            + " eventProcessing userState"),
    /** A word of the protocol. */
    WORD("messageType notificationType state capabilities type version minimumVersion supportedConnectionTypes"
            + " reconnect deviceState roles channels doNotDisturb telephonyNetwork"),
    /** The name of a Bayeux channel. */
    CHANNEL("channel subscription"),
    /** An id, kept if a machine has made it. */
    ID("id"),
    /** An address or a path: its known words and its ids. */
    PATH("path uri uris imSessionPath devicePath deviceUri voiceEnvironmentUri"),
    /** A number of the protocol. */
    COUNT("statusCode ack interval timeout maxInterval nodeProcessingTimeNanos serverGenerationTimestamp"
            + " serverProcessingTimeTotalMs"),
    /** What went wrong in the words of the protocol. */
    ERROR("error statusMessage"),
    /** By which a Bayeux session is taken over; replaced even where texts are not. */
    SECRET("clientId"),
    /** Replaced, though its name is known. */
    TEXT("message digits e164Number formattedPhoneNumber phoneNumber dynamicPhoneNumber userName firstName lastName"
            + " emailAddress displayName description name timestamp successful enabled userData extensions"
            + " changePasswordOnFirstLogin autoAssignOnContactCenterCreate operationName key");

    private static final Map<String, Members> BY_NAME = new HashMap<>(Arrays.stream(values())
            .flatMap(each -> each.names().map(name -> Map.entry(name, each)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));

    private final String known;

    Members(String known) {
        this.known = known;
    }

    private Stream<String> names() {
        return Stream.of(known.split(" "));
    }

    /** What is kept of a member, {@code null} if it is not known, and not even its name is. */
    static Members of(String name) {
        return BY_NAME.get(name);
    }
}
