package org.imsession.simulator.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.imsession.simulator.redaction.NewestOnes;
import org.imsession.simulator.redaction.Redactor;

/**
 * Whose a request is: by its user name, by the cookies that an answer to that agent set, or by the id of the Bayeux
 * session. A cookie that several agents have, as that of a load balancer, says nothing. Keeps secrets in memory, and
 * lets
 * the redactor know them. Not for use by several threads.
 */
final class AgentsHeard {

    private static final String SEVERAL = "";
    private static final int MOST_SECRETS = 100_000;

    private final Map<String, String> bySecret = new NewestOnes<>(MOST_SECRETS);
    private final Redactor redactor;

    AgentsHeard(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The login name, empty if it is not known. */
    String of(HttpFields request, List<String> clientIds) {
        Optional<String> authorization = Optional.ofNullable(request.get("Authorization"));
        Optional<String> name = authorization.flatMap(this::userName);
        authorization.ifPresent(value -> name.ifPresent(found -> learn(value, found)));
        return name.orElseGet(() -> Stream.of(authorization.stream(), cookies(request), clientIds.stream())
                .flatMap(each -> each).map(each -> bySecret.getOrDefault(each, SEVERAL))
                .filter(found -> !found.equals(SEVERAL)).findFirst().orElse(""));
    }

    private Optional<String> userName(String authorization) {
        String[] parts = authorization.strip().split("\\s+", 2);
        if (parts.length == 2) {
            redactor.neverWrite(parts[1]);
        }
        if (!parts[0].equalsIgnoreCase("Basic") || parts.length < 2) {
            return Optional.empty();
        }
        try {
            String[] pair = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8).split(":", 2);
            if (pair.length == 2) {
                redactor.neverWrite(pair[1]);
            }
            return Optional.of(pair[0]);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Those who log in by a token are told by the answer. */
    String ofLogin(HttpFields request, JsonNode answer) {
        String name = answer.path("user").path("userName").asText("");
        if (!name.isEmpty()) {
            Optional.ofNullable(request.get("Authorization")).ifPresent(value -> learn(value, name));
        }
        return name;
    }

    void learn(String agent, HttpFields request, HttpFields answer, List<String> clientIds) {
        Stream.of("X-CSRF-TOKEN").flatMap(name -> Stream.of(request.get(name), answer.get(name)))
                .filter(value -> value != null).forEach(redactor::neverWrite);
        Stream<String> given = answer.getValuesList("Set-Cookie").stream().map(each -> each.split(";", 2)[0].strip());
        Stream.concat(given, cookies(request)).forEach(cookie -> {
            redactor.neverWrite(cookie.substring(cookie.indexOf('=') + 1));
            learn(cookie, agent);
        });
        clientIds.forEach(id -> {
            redactor.neverWrite(id);
            learn(id, agent);
        });
    }

    private void learn(String secret, String agent) {
        if (!agent.isEmpty()) {
            bySecret.merge(secret, agent, (known, now) -> known.equals(now) ? known : SEVERAL);
        }
    }

    private static Stream<String> cookies(HttpFields request) {
        return request.getValuesList("Cookie").stream().flatMap(field -> Stream.of(field.split(";"))).map(String::strip)
                .filter(each -> !each.isEmpty());
    }
}
