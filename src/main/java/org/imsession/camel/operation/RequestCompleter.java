package org.imsession.camel.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.gws.LoggedInAgent;
import org.imsession.camel.model.AgentDevice;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionRequest.Initiate;
import org.imsession.camel.model.IMSessionRequest.SendMessage;
import org.imsession.camel.model.SessionState;

/**
 * Finds out what a request leaves open, and what only the server knows of its limits: the device where the agent has
 * one, the other party of a session, whether the agent is in a session already. Safe for use by several threads.
 */
final class RequestCompleter {

    private static final int SESSIONS_REMEMBERED = 64;

    private final GwsSession gws;
    // guarded by this
    private Map<String, List<String>> parties = Map.of(); // until a session is heard of
    private String latest = "";
    private List<String> itsNumbers = List.of();
    private volatile Device device = Device.NONE;

    /** What was found for a login; a new login may find other devices. */
    private record Device(LoggedInAgent login, List<AgentDevice> found) {

        private static final Device NONE = new Device(null, List.of());
    }

    /**
     * A request with nothing left open.
     *
     * @param known the sessions that the agent had, for a request that makes one
     */
    record Ready(IMSessionRequest request, Set<String> known) {
    }

    RequestCompleter(GwsSession gws) {
        this.gws = gws;
    }

    /** Learns the parties of a session that was heard of or read. */
    void learn(IMSession session) {
        List<String> numbers = PhoneNumbers.of(session);
        if (!numbers.isEmpty()) {
            learn(session.id(), numbers);
        }
    }

    private synchronized void learn(String id, List<String> numbers) {
        if (id.equals(latest) && numbers.equals(itsNumbers)) {
            return; // of each event: mostly it is known
        }
        if (parties.isEmpty()) {
            parties = new LinkedHashMap<>(2, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
                    return size() > SESSIONS_REMEMBERED;
                }
            };
        }
        latest = id;
        itsNumbers = numbers;
        parties.put(id, numbers);
    }

    /** The devices of the agent may be others than those found: GWS refused the one that was sent. */
    void forgetDevice() {
        Device now = device;
        device = new Device(now.login(), List.of());
    }

    /** The request with what was open found out; fails with an {@link OperationException} if that is not possible. */
    CompletableFuture<Ready> complete(IMSessionRequest request) {
        if (request instanceof Initiate call) {
            return known(call).thenCompose(known -> devices(call, call.devicePath()).thenApply(devices ->
                    new Ready(new Initiate(call.destination(), call.userData(), devices.isEmpty()
                            ? call.devicePath() : only(call, devices).path()), known)));
        }
        if (request instanceof SendMessage say) {
            return destination(say).thenCompose(number -> devices(say, say.devicePath()).thenApply(devices ->
                    new Ready(new SendMessage(say.sessionId(), say.text(), number, say.devicePath().isEmpty()
                            ? only(say, devices).path() : say.devicePath()), Set.of())));
        }
        return CompletableFuture.completedFuture(new Ready(request, Set.of()));
    }

    /** "An agent can have one IM session only" (Genesys, InitiateIMSession); the list is what GWS itself goes by. */
    private CompletableFuture<Set<String>> known(Initiate call) {
        CompletableFuture<List<IMSession>> list = gws.sessions().exceptionallyCompose(failure ->
                isAnswered(failure) ? CompletableFuture.completedFuture(List.of()) : failed(call, failure));
        return list.thenApply(sessions -> {
            Optional<IMSession> open = sessions.stream().filter(each -> each.state() != SessionState.COMPLETED)
                    .findFirst();
            if (open.isPresent()) {
                throw OperationException.refused(call, gws.agent(), GwsStatus.INVALID_STATE, "the agent is in session "
                        + gws.words().quote(open.get().id()) + " (" + gws.words().quote(open.get().stateText())
                        + "), and GWS allows one at a time. Complete that one first");
            }
            return sessions.stream().map(IMSession::id).collect(Collectors.toSet());
        });
    }

    /** Whether it is the list only that the server has a problem with; then it decides for itself. */
    private static boolean isAnswered(Throwable failure) {
        return GwsException.in(failure).map(GwsException::kind).filter(kind -> kind == Kind.OPERATION_REFUSED
                || kind == Kind.SERVER_ERROR || kind == Kind.BAD_ANSWER || kind == Kind.TOO_LARGE).isPresent();
    }

    private CompletableFuture<String> destination(SendMessage say) {
        if (!say.destination().isEmpty()) {
            return CompletableFuture.completedFuture(say.destination());
        }
        List<String> numbers = partiesOf(say.sessionId());
        if (numbers.size() == 1) {
            return CompletableFuture.completedFuture(numbers.get(0));
        }
        return before(say, gws.sessions()).thenApply(sessions -> {
            sessions.forEach(this::learn);
            if (sessions.stream().noneMatch(each -> each.id().equals(say.sessionId()))) {
                throw OperationException.refused(say, gws.agent(), GwsStatus.NOT_FOUND,
                        "the agent has no such session");
            }
            List<String> now = partiesOf(say.sessionId());
            if (now.size() != 1) {
                throw OperationException.missing(say, gws.agent(), "destination", "its destination is missing, and the"
                        + " session has " + now.size() + " parties with a number");
            }
            return now.get(0);
        });
    }

    private synchronized List<String> partiesOf(String sessionId) {
        return parties.getOrDefault(sessionId, List.of());
    }

    /** The devices to choose from, empty if one is given or a request can do without. */
    private CompletableFuture<List<AgentDevice>> devices(IMSessionRequest request, String given) {
        if (!given.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return before(request, gws.who()).thenCompose(login -> {
            Device now = device;
            List<AgentDevice> found = now.login() == login ? now.found() : login.devices();
            return found.size() == 1 ? found(login, found) : read(request, login);
        });
    }

    private CompletableFuture<List<AgentDevice>> read(IMSessionRequest request, LoggedInAgent login) {
        return before(request, gws.devices()).thenCompose(read -> found(login, read));
    }

    private CompletableFuture<List<AgentDevice>> found(LoggedInAgent login, List<AgentDevice> devices) {
        device = new Device(login, devices);
        return CompletableFuture.completedFuture(devices);
    }

    private AgentDevice only(IMSessionRequest request, List<AgentDevice> devices) {
        if (devices.size() == 1) {
            return devices.get(0);
        }
        throw OperationException.missing(request, gws.agent(), "devicePath", devices.isEmpty()
                ? "its devicePath is missing, and the agent has no device"
                : "its devicePath is missing, and the agent has " + devices.size() + " devices: " + devices.stream()
                        .map(each -> gws.words().quote(each.path()) + " ("
                                + gws.words().quote(each.phoneNumber()) + ")").collect(Collectors.joining(", ")));
    }

    private <T> CompletableFuture<T> before(IMSessionRequest request, CompletableFuture<T> question) {
        return question.exceptionallyCompose(failure -> failed(request, failure));
    }

    private <T> CompletableFuture<T> failed(IMSessionRequest request, Throwable failure) {
        return CompletableFuture.failedFuture(OperationException.before(request, gws.agent(), gws.explain(failure)));
    }
}
