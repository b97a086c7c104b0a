package org.imsession.camel.gws;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.imsession.camel.model.IMSession;

/**
 * The JSON that the HTTP side needs. Each function throws any unchecked exception for what it does not understand.
 *
 * @param readObject   bytes of a JSON object to its members; lists, maps, text, numbers, booleans and {@code null}
 * @param writeObject  members to bytes of a JSON object in UTF-8
 * @param readSessions bytes of the answer of {@code GET /me/im-sessions?fields=*} to the sessions in it
 * @param readSession  bytes of the answer of {@code GET /me/im-sessions/<id>} to the session in it
 */
public record GwsJson(Function<byte[], Map<String, Object>> readObject,
                      Function<Map<String, Object>, byte[]> writeObject,
                      Function<byte[], List<IMSession>> readSessions,
                      Function<byte[], IMSession> readSession) {
}
