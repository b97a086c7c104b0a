package org.imsession.camel.soak;

import static java.time.Duration.ofMillis;

import java.util.List;
import org.imsession.camel.samples.PostgreSql;
import org.imsession.simulator.TcpProxy.Toxic;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;

/**
 * What can go wrong, by where. Left out is what no server does and no client could notice: acknowledging more than was
 * sent, and, where the server keeps events by number, events twice in one answer.
 */
final class Mishaps {

    private static final int LONG = 12_000;
    /**
     * A connect that is handled after it was given up takes events with it. A server that acknowledges sends them
     * again; of the others no client can know it, as page Guarantee says.
     */
    private static final int BEFORE_IT_IS_GIVEN_UP = 6_000;

    /** On the way between server and follower. */
    static final List<Mishap> NETWORK = List.of(
            new Mishap("all connections end", s -> s.proxy().endConnections(s.random().nextBoolean())),
            new Mishap("an answer is cut", s -> s.proxy().add(s.random().nextBoolean()
                    ? Toxic.closeOnceAfter(s.from(0, 4000)) : Toxic.resetOnceAfter(s.from(0, 4000)))),
            new Mishap("half-closed", s -> toxic(s, new Toxic.HalfClose(s.from(0, 2000)), s.from(200, 3000))),
            new Mishap("latency", s -> toxic(s, Toxic.latency(ofMillis(s.from(20, 1500)), ofMillis(500)),
                    s.from(2000, 8000))),
            new Mishap("slices", s -> toxic(s, Toxic.slices(s.from(1, 60), ofMillis(s.from(1, 15))),
                    s.from(1000, 5000))),
            new Mishap("stall", s -> toxic(s, new Toxic.Stall(), s.from(300, 9000))),
            new Mishap("long stall", s -> toxic(s, new Toxic.Stall(), s.from(5000, 18_000))),
            new Mishap("accepted and never answered", s -> toxic(s, new Toxic.AcceptAndHang(), s.from(500, 5000))),
            new Mishap("cut off", s -> {
                s.proxy().refuse();
                s.proxy().endConnections(true);
                s.wait(s.from(300, 11_000));
                s.proxy().acceptAgain();
            }));

    /** In the server, for everybody. */
    static final List<Mishap> SERVER = List.of(
            new Mishap("server restarts", s -> s.gws().restart()),
            new Mishap("server restarts without its sessions", s -> s.gws().restartForgettingImSessions()),
            new Mishap("server is down", s -> {
                s.gws().stop();
                s.wait(s.from(200, 8000));
                s.gws().start();
            }),
            new Mishap("CSRF tokens rotate", s -> s.gws().rotateCsrf()));

    /** To the session of one agent, which ends by it. */
    static final List<Mishap> SESSION = List.of(
            new Mishap("Bayeux session expires", s -> s.gws().agent(s.anybody().name()).dropBayeuxSession()),
            new Mishap("Bayeux session is ended", s -> s.gws().agent(s.anybody().name()).disconnectSession()),
            new Mishap("connect: 402", s -> s.arm(Step.CONNECT, Fault.unknownClient())),
            new Mishap("connect: 403 without advice", s ->
                    s.arm(Step.CONNECT, Fault.bayeuxError("403::Unknown client"))),
            new Mishap("connect: reconnect none", s -> s.arm(Step.CONNECT, Fault.reconnectNone("403::Forbidden"))),
            new Mishap("connect: session gone", s -> s.arm(Step.CONNECT, new Fault.DropSession())),
            new Mishap("handshake denied", s -> s.armAtNewSession(Step.HANDSHAKE,
                    Fault.reconnectNone("403::Handshake denied"))),
            new Mishap("handshake: answer lost", s -> s.armAtNewSession(Step.HANDSHAKE, new Fault.LoseAnswer(false))),
            new Mishap("handshake: unavailable", s -> s.armAtNewSession(Step.HANDSHAKE, Fault.status(503))),
            new Mishap("subscription refused", s -> s.armAtNewSession(Step.SUBSCRIBE,
                    Fault.bayeuxError("403:denied:subscribe_denied"))),
            new Mishap("subscription: answer lost", s -> s.armAtNewSession(Step.SUBSCRIBE,
                    new Fault.LoseAnswer(true))),
            new Mishap("subscription: answer late", s -> s.armAtNewSession(Step.SUBSCRIBE,
                    new Fault.Delay(ofMillis(s.from(50, 2500))))),
            new Mishap("login fails", s -> s.armAtNewSession(Step.LOGIN, Fault.status(500))),
            new Mishap("login refused", s -> s.armAtNewSession(Step.LOGIN, Fault.accessDenied())),
            new Mishap("snapshot fails", s -> s.armAtNewSession(Step.SNAPSHOT, Fault.status(500))));

    /** To one agent, whose session can live on. */
    static final List<Mishap> AGENT = List.of(
            new Mishap("HTTP session expires", s -> s.gws().agent(s.anybody().name()).expireHttpSession()),
            new Mishap("connect: HTTP error", s -> s.arm(Step.CONNECT, Fault.status(
                    List.of(400, 401, 403, 404, 429, 500, 502, 503, 504).get(s.random().nextInt(9))))),
            new Mishap("connect: come later", s -> s.arm(Step.CONNECT, Fault.retryAfter(503, ofMillis(1000)))),
            new Mishap("connect: access denied", s -> s.arm(Step.CONNECT, Fault.accessDenied())),
            new Mishap("connect: closed", s -> s.arm(Step.CONNECT,
                    new Fault.CloseConnection(s.random().nextBoolean()))),
            new Mishap("connect: garbage", s -> s.arm(Step.CONNECT, Fault.garbage(s.from(1, 2000)))),
            new Mishap("connect: empty", s -> s.arm(Step.CONNECT, Fault.emptyArray())),
            new Mishap("connect: login page", s -> s.arm(Step.CONNECT, Fault.loginPage())),
            new Mishap("connect: redirect", s -> s.arm(Step.CONNECT, Fault.redirect(302, "http://127.0.0.1:9/"))),
            new Mishap("connect: hangs", s -> {
                Listener agent = s.anybody();
                lasting(s, agent, new Fault.Hang(), agent.acks() ? LONG : BEFORE_IT_IS_GIVEN_UP);
            }),
            new Mishap("answer: withheld", s -> lasting(s, s.anybody(), new Fault.Withhold(), LONG)),
            new Mishap("answer: cut", s ->
                    s.arm(Step.CONNECT, new Fault.Cut(s.from(0, 1500), s.random().nextBoolean()))),
            new Mishap("answer: lost", s -> s.arm(Step.CONNECT, new Fault.LoseAnswer(s.random().nextBoolean()))),
            new Mishap("answer: late", s -> s.arm(Step.CONNECT, new Fault.Delay(ofMillis(s.from(50, 4000))))),
            new Mishap("answer: slices", s -> s.arm(Step.CONNECT, new Fault.Slices(s.from(1, 100), ofMillis(5)))),
            new Mishap("answer: replies first", s -> s.arm(Step.CONNECT, new Fault.ConnectReplyFirst())),
            new Mishap("answer: no reply", s -> s.arm(Step.CONNECT, new Fault.RemoveReply())),
            new Mishap("answer: no batch number", s -> s.arm(Step.CONNECT, new Fault.RemoveAck())),
            new Mishap("answer: events twice", s -> s.arm(s.agents().stream().filter(each -> !each.acks()).findFirst()
                    .orElseThrow(), Step.CONNECT, new Fault.DuplicateEvents())),
            new Mishap("foreign message", s -> s.gws().agent(s.anybody().name()).publishOn("/foreign", "{}")),
            new Mishap("broken message", s -> s.gws().agent(s.anybody().name()).sendRaw("{\"messageType\":7}")),
            new Mishap("oversize message", s -> s.traffic().get(s.anybody().name()).oversize()),
            new Mishap("burst", s -> s.traffic().get(s.anybody().name()).burst(s.from(50, 600))),
            new Mishap("route rests", s ->
                    s.follower().order("rest " + s.anybody().name() + " " + s.from(500, 15_000))));

    /** To the follower's process, leaving it alive. */
    static final List<Mishap> FREEZE = List.of(
            new Mishap("frozen", s -> freeze(s, s.from(300, 6000))),
            new Mishap("frozen beyond maxInterval", s -> freeze(s, s.from(11_000, 18_000))));

    /** To the database, if there is one. */
    static final List<Mishap> DATABASE = List.of(
            new Mishap("database is stopped", s -> away(s, "INT")),
            new Mishap("database crashes", s -> away(s, "QUIT")),
            new Mishap("a table of the database is locked", s -> s.database().orElseThrow().update(
                    "do $$ begin lock table im_events; perform pg_sleep(" + s.from(1, 5) + "); end $$")));

    /** To the follower's process, ending it. */
    static final List<Mishap> DEATH = List.of(
            new Mishap("kill -9, back at once", s -> killed(s, 0)),
            new Mishap("kill -9, back soon", s -> killed(s, s.from(100, 6000))),
            new Mishap("kill -9, back after maxInterval", s -> killed(s, s.from(11_000, 15_000))),
            new Mishap("kill -9 twice", s -> {
                killed(s, s.from(0, 3000));
                s.wait(s.from(500, 4000));
                killed(s, s.from(0, 3000));
            }),
            new Mishap("kill -9 just after the server restarted", s -> {
                s.gws().restart();
                s.wait(s.from(0, 3000));
                killed(s, 0);
            }),
            new Mishap("kill -9 while a route rests", s -> {
                s.follower().order("rest " + s.anybody().name() + " 15000");
                s.wait(s.from(500, 9000));
                killed(s, 0);
            }),
            new Mishap("kill -9 while a route rests and its session is lost", s -> {
                Listener agent = s.anybody();
                s.follower().order("rest " + agent.name() + " 15000");
                s.wait(s.from(500, 3000));
                s.gws().agent(agent.name()).dropBayeuxSession();
                s.wait(s.from(500, 6000));
                killed(s, 0);
            }),
            new Mishap("stopped in order", s -> {
                s.follower().stop();
                s.wait(s.from(0, 3000));
                s.follower().start();
            }));

    private Mishaps() {
    }

    private static void toxic(Scene scene, Toxic toxic, int millis) throws InterruptedException {
        scene.proxy().add(toxic);
        scene.wait(millis);
        scene.proxy().remove(toxic);
        if (toxic instanceof Toxic.HalfClose) {
            scene.proxy().endConnections(false);
        }
    }

    private static void lasting(Scene scene, Listener agent, Fault fault, int most) throws InterruptedException {
        ArmedFault armed = scene.gws().faults().add(FaultRule.at(Step.CONNECT, fault).forAgent(agent.name()));
        scene.wait(scene.from(500, most));
        armed.clear();
    }

    private static void away(Scene scene, String signal) throws Exception {
        PostgreSql database = scene.database().orElseThrow();
        database.stopServer(signal);
        scene.wait(scene.from(0, 15_000));
        database.startServer();
    }

    private static void freeze(Scene scene, int millis) throws Exception {
        scene.follower().freeze();
        scene.wait(millis);
        scene.follower().thaw();
    }

    private static void killed(Scene scene, int millis) throws InterruptedException {
        scene.follower().kill();
        scene.wait(millis);
        scene.follower().start();
    }
}
