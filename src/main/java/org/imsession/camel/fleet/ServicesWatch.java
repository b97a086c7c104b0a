package org.imsession.camel.fleet;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.channel.FurtherChannel;
import org.imsession.camel.gws.GwsAnswer;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.json.IMSessionJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services behind one server: IM rides on the voice service, and without it a feed is live and mute. Carried by the
 * session of one live feed, handed over to another when that is gone. {@code GET /services?fields=*} lists them as
 * {@code [{id,name,type,state,...}]}; how the events of {@code /notifications/services} look is not documented, so each
 * object with a state and a type, name or id is understood, wherever it stands, and after an event in which there is none
 * the list is read again. So it is while no event can come, because a route is at work and the connect of the carrier is
 * held back. All components and contexts that share these classes share it; it is held weakly, and holds live feeds only.
 * Safe for use by several threads.
 */
final class ServicesWatch implements FurtherChannel {

    static final String ALL_ACTIVE = "all active";

    private static final Logger LOG = LoggerFactory.getLogger(ServicesWatch.class);
    private static final int MOST = 64;
    private static final int DEEPEST = 5;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    /** With the request that follows, a service that goes down is told within a second. */
    private static final long LOOK_MILLIS = 700;
    private static final String VOICE = "Voice";
    private static final Map<URI, WeakReference<ServicesWatch>> OF_THIS_JVM = new HashMap<>();

    private final String server;
    private final Function<byte[], Map<String, Object>> json;
    private final Set<Carrier> live = new LinkedHashSet<>();
    private final Map<String, String> states = new TreeMap<>();
    private int users;
    private Carrier carrier;
    private boolean confirmed;
    private boolean absent;
    private boolean unlisted;
    private boolean reading;
    private boolean looking;
    private long events;

    /** The one of that server, shared until each who has it has called {@link #leave}, or is gone. */
    static ServicesWatch of(URI api, String server) {
        synchronized (OF_THIS_JVM) {
            OF_THIS_JVM.values().removeIf(each -> each.get() == null);
            WeakReference<ServicesWatch> known = OF_THIS_JVM.get(api);
            ServicesWatch watch = known == null ? null : known.get();
            if (watch == null) {
                watch = new ServicesWatch(server, new IMSessionJson()::readObject);
                OF_THIS_JVM.put(api, new WeakReference<>(watch));
            }
            watch.users++;
            return watch;
        }
    }

    /** Whoever had it needs it no more: what is known of the server is forgotten with the last one. */
    void leave() {
        synchronized (OF_THIS_JVM) {
            users--;
            if (users == 0) {
                OF_THIS_JVM.values().removeIf(each -> each.get() == this);
            }
        }
    }

    /**
     * @param server as log lines name it
     * @param json   reads an object, or throws
     */
    private ServicesWatch(String server, Function<byte[], Map<String, Object>> json) {
        this.server = server;
        this.json = json;
    }

    @Override
    public String name() {
        return "/notifications/services";
    }

    @Override
    public synchronized void live(Carrier feed) {
        live.add(feed);
        if (carrier == null) {
            ride(feed);
        } else if (confirmed) {
            tell(feed);
        }
    }

    @Override
    public synchronized void gone(Carrier feed) {
        live.remove(feed);
        if (carrier == feed) {
            carrier = null;
            live.stream().findFirst().ifPresent(this::ride);
        }
    }

    private void ride(Carrier feed) {
        if (!absent) {
            carrier = feed;
            confirmed = false;
            reading = false;
            looking = false;
            if (!feed.subscribe(failure -> subscribed(feed, failure))) {
                ask(); // what is so already is told before
            }
        }
    }

    private synchronized void subscribed(Carrier feed, Optional<BayeuxFailure> failure) {
        if (carrier != feed) {
            return;
        }
        if (failure.isEmpty()) {
            confirmed = true;
            events++; // a list that was asked for before may be older
            read();
            heldBack(feed); // if it is
            return;
        }
        LOG.debug("server={} services are not watched: {}", server, failure.get());
        absent = isRefusal(failure.get());
        if (absent) {
            states.clear();
            live.forEach(Carrier::unmuted);
        }
        gone(feed); // until it has a new session
    }

    /** That it would be refused to others, too: there is no such topic, or something in front lets nobody have it. */
    private static boolean isRefusal(BayeuxFailure failure) {
        return failure.kind() == BayeuxFailure.Kind.SUBSCRIBE_REFUSED
                || failure.kind() == BayeuxFailure.Kind.HTTP && failure.httpStatus() / 100 == 4
                && failure.httpStatus() != TOO_MANY;
    }

    @Override
    public synchronized void heldBack(Carrier feed) {
        if (carrier == feed && confirmed && !unlisted && !looking) {
            looking = true;
            long hold = feed.holding();
            feed.later(LOOK_MILLIS, () -> look(feed, hold));
        }
    }

    /** @param hold the connect that was held back before, 0 if it was about to be */
    private synchronized void look(Carrier feed, long hold) {
        looking = false;
        long now = feed.holding();
        if (now != 0) {
            if (now == hold) {
                read();
            }
            heldBack(feed);
        }
    }

    private void read() {
        if (confirmed) {
            ask();
        }
    }

    /** One request at a time; what came while it was under way is newer than its answer. */
    private void ask() {
        if (unlisted || reading || carrier == null) {
            return;
        }
        reading = true;
        Carrier asked = carrier;
        long before = events;
        asked.gws().services().whenComplete((answer, failure) -> listed(asked, before, answer, failure));
    }

    private synchronized void listed(Carrier asked, long before, GwsAnswer answer, Throwable failure) {
        if (carrier != asked) {
            return;
        }
        reading = false;
        if (failure != null) {
            unlisted = GwsException.in(failure).filter(each -> each.httpStatus() == NOT_FOUND).isPresent();
            LOG.debug("server={} services cannot be listed: {}", server, asked.gws().explain(failure).getMessage());
        } else if (before != events) {
            read();
        } else {
            take(answer.members().get("services"), 0);
            live.forEach(this::tell);
        }
    }

    @Override
    public synchronized void heard(byte[] data) {
        events++;
        if (isUnderstood(data)) {
            live.forEach(this::tell);
        } else {
            read();
        }
    }

    private boolean isUnderstood(byte[] data) {
        try {
            return carrier != null && take(json.apply(data), 0);
        } catch (RuntimeException e) {
            return false; // no JSON object
        }
    }

    private boolean take(Object value, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().limit(MOST).map(each -> take(each, depth + 1)).reduce(false, Boolean::logicalOr);
        }
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        Optional<String> name = first(map, "type", "name", "id");
        Optional<String> state = first(map, "state", "status");
        if (name.isPresent() && state.isPresent()) {
            now(quoted(name.get()), quoted(state.get()));
            return true;
        }
        return map.values().stream().map(each -> take(each, depth + 1)).reduce(false, Boolean::logicalOr);
    }

    private static Optional<String> first(Map<?, ?> map, String... names) {
        return Stream.of(names).map(map::get).filter(String.class::isInstance).map(String.class::cast)
                .filter(text -> !text.isBlank()).findFirst();
    }

    private String quoted(String said) {
        return carrier.gws().words().quote(said);
    }

    private void now(String service, String state) {
        if (states.size() >= MOST && !states.containsKey(service)) {
            return;
        }
        String before = states.put(service, state);
        if (state.equals(before)) {
            return;
        }
        if (!isActive(state)) {
            LOG.warn("IMS-019 server={} service {} is {}: agents may be live and receive nothing. IM needs the voice"
                    + " service", server, service, state);
        } else if (before != null && !isActive(before)) {
            LOG.info("IMS-019 server={} service {} is {} again, it was {}", server, service, state, before);
        }
    }

    private void tell(Carrier feed) {
        states.entrySet().stream().filter(each -> each.getKey().equalsIgnoreCase(VOICE) && !isActive(each.getValue()))
                .findAny().ifPresentOrElse(each -> feed.muted("the service " + each.getKey() + " was " + each.getValue()),
                        feed::unmuted);
    }

    private static boolean isActive(String state) {
        return state.equalsIgnoreCase("Active");
    }

    /** The server, as log lines name it. */
    String server() {
        return server;
    }

    /** Which services are not active, and what they are instead, or that all are; empty if nothing is known. */
    synchronized Optional<String> summary() {
        if (carrier == null || states.isEmpty()) {
            return Optional.empty();
        }
        String ill = states.entrySet().stream().filter(each -> !isActive(each.getValue()))
                .map(each -> each.getKey() + " " + each.getValue()).collect(Collectors.joining(", "));
        return Optional.of(ill.isEmpty() ? ALL_ACTIVE : ill);
    }
}
