package org.imsession.camel.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.imsession.camel.json.JsonOfModel;

/**
 * An IM session as the server describes it (Genesys, GWS 8.5.2 API, IM Session Resource). A member that was not sent
 * is an empty string, map or list; {@link #other()} says nothing about it either.
 *
 * @param id           the id of the session: {@code id} as sent, else the last segment of {@code path}; never empty
 * @param state        the state
 * @param stateText    the state as sent, blanks and all
 * @param userData     the attached data: text, numbers ({@link java.math.BigInteger} and {@link java.math.BigDecimal}
 *                     where a {@code long} or an exact decimal needs it), booleans, lists and maps, in the order sent
 * @param participants the other parties
 * @param capabilities the operations possible now, in the order sent, unknown ones included
 * @param path         the resource path, {@code /im-sessions/<id>}
 * @param uri          the address that the server gives for the session; never fetched by this component, because
 *                     documented samples carry another id in it and its host is the sender's choice
 * @param other        members that are not documented, as JSON values, in the order sent
 */
@JsonOfModel
public record IMSession(String id, SessionState state, String stateText, Map<String, Object> userData,
                        List<Participant> participants, List<String> capabilities, String path, String uri,
                        Map<String, Object> other) {

    public IMSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(stateText, "stateText");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(uri, "uri");
        userData = Values.copy(userData);
        participants = List.copyOf(participants);
        capabilities = List.copyOf(capabilities);
        other = Values.copy(other);
    }

    /**
     * Whether {@code id}, {@code path} and {@code uri} name different sessions, as the documentation's own samples do.
     * The id counts then, the other two are informative.
     */
    public boolean identityMismatch() {
        return differs(path) || differs(uri);
    }

    private boolean differs(String address) {
        int length = address.length() - address.lastIndexOf('/') - 1; // of the last segment
        return !address.isEmpty() && !(length == id.length() && address.endsWith(id));
    }

    /**
     * The part of a resource path or address behind its last slash.
     *
     * @param address a path such as {@code /im-sessions/007MDF}, not {@code null}
     */
    public static String lastSegment(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    /** Names the session and its state; without the attached data, which are a customer's, and without the parties. */
    @Override
    public String toString() {
        return "IMSession[id=" + LogText.escape(id) + ", state=" + LogText.escape(stateText) + "]";
    }
}
