package org.imsession.camel.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.Participant;
import org.imsession.camel.model.SessionState;

/** Reads an IM session straight off the tokens (Genesys, GWS 8.5.2 API, IM Session Resource). */
final class SessionReader {

    private SessionReader() {
    }

    static IMSession session(TokenReader tokens) throws IOException {
        tokens.requireObject();
        String id = "";
        String state = "";
        String path = "";
        String uri = "";
        Map<String, Object> userData = Map.of();
        List<Participant> participants = List.of();
        List<String> capabilities = List.of();
        for (String name = tokens.member(); name != null; name = tokens.member()) {
            switch (name) {
                case "id" -> id = tokens.id();
                case "state" -> state = tokens.word();
                case "path" -> path = tokens.text();
                case "uri" -> uri = tokens.text();
                case "userData" -> userData = tokens.object();
                case "participants" -> participants = participants(tokens);
                case "capabilities" -> capabilities = capabilities(tokens);
                default -> tokens.keep(tokens.value());
            }
        }
        Map<String, Object> other = tokens.kept();
        String key = id.isEmpty() ? IMSession.lastSegment(path) : id;
        if (key.isEmpty()) {
            throw Rejection.at(tokens.place(), "neither an id nor a path that ends in one"
                    + (uri.isEmpty() ? "" : "; the uri alone does not name a session"));
        }
        return new IMSession(key, SessionState.of(state), state, userData, participants, capabilities, path, uri,
                other);
    }

    private static List<Participant> participants(TokenReader tokens) throws IOException {
        if (!tokens.array() || !tokens.element()) {
            return List.of();
        }
        Participant first = participant(tokens);
        if (!tokens.element()) {
            return List.of(first); // as documented: the other party
        }
        List<Participant> participants = new ArrayList<>(List.of(first));
        do {
            participants.add(participant(tokens));
        } while (tokens.element());
        return participants;
    }

    /** Up to 2015 a participant was the bare number (Genesys, HTCC 8.5.2 API, Call Resource, older revisions). */
    static Participant participant(TokenReader tokens) throws IOException {
        if (tokens.isText()) {
            return new Participant(tokens.text(), "", "", "", Map.of());
        }
        tokens.requireObject();
        String digits = "";
        String e164Number = "";
        String formattedPhoneNumber = "";
        String phoneNumber = "";
        for (String name = tokens.member(); name != null; name = tokens.member()) {
            switch (name) {
                case "digits" -> digits = tokens.text();
                case "e164Number" -> e164Number = tokens.text();
                case "formattedPhoneNumber" -> formattedPhoneNumber = tokens.text();
                case "phoneNumber" -> phoneNumber = tokens.text();
                default -> tokens.keep(tokens.value());
            }
        }
        return new Participant(digits, e164Number, formattedPhoneNumber, phoneNumber, tokens.kept());
    }

    private static List<String> capabilities(TokenReader tokens) throws IOException {
        List<String> capabilities = new ArrayList<>(8);
        if (tokens.array()) {
            while (tokens.element()) {
                capabilities.add(tokens.word());
            }
        }
        return capabilities;
    }
}
