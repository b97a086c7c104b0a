package org.imsession.camel.randommodel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Runs a plan: a server, one process after the other, and in the end, when all is well again, what the book says. */
final class Round {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_OF_AN_ACT = Duration.ofSeconds(4);
    private static final int LAST_TRIES = 5;

    private final Plan plan;
    private final Setting setting;
    private final Book book;
    private final AckingServer server;
    private final Dice dice;
    private final List<RouteMood> moods = new ArrayList<>();
    private final Map<String, String> kept = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private Life life;
    private int lives;

    private Round(Plan plan) {
        this.plan = plan;
        this.setting = plan.setting();
        this.dice = new Dice(plan.seed());
        this.book = new Book(setting.routes());
        this.server = new AckingServer(setting, dice, book);
        for (int i = 0; i < setting.routes(); i++) {
            moods.add(new RouteMood(dice, i, setting.sendEveryMillis() == 0));
        }
    }

    static Book.Verdict run(Plan plan) throws Exception {
        Round round = new Round(plan);
        try {
            return round.run();
        } finally {
            round.clock.shutdownNow();
            round.moods.forEach(RouteMood::heal);
            round.server.close();
        }
    }

    private Book.Verdict run() throws Exception {
        int first = 0;
        while (plan.acts().get(first).kind() == Act.Kind.MEET) {
            perform(plan.acts().get(first++));
        }
        begin();
        clock.scheduleWithFixedDelay(this::lookWhoFollows, 5, 5, TimeUnit.MILLISECONDS);
        if (setting.sendEveryMillis() > 0) {
            clock.scheduleWithFixedDelay(server::send, 0, setting.sendEveryMillis(), TimeUnit.MILLISECONDS);
        }
        for (Act act : plan.acts().subList(first, plan.acts().size())) {
            perform(act);
        }
        settle();
        return book.judge();
    }

    private void begin() throws Exception {
        Life next = new Life(++lives, setting, server, book, dice, moods, kept);
        next.start();
        life = next;
    }

    /** A route that joins a live feed is liable from its first event on; who waits for a feed, from its subscription. */
    private void lookWhoFollows() {
        Life current = life;
        for (int route = 0; route < setting.routes(); route++) {
            if (current != null && current.isLive(route)) {
                int who = route;
                current.whileAlive(() -> book.follows(who)); // not of one that was killed meanwhile
            }
        }
    }

    private void perform(Act act) throws Exception {
        if (Boolean.getBoolean("model.trace")) {
            System.out.println(Instant.now() + " " + act + ", sent " + book.count());
        }
        switch (act.kind()) {
            case SEND -> {
                for (int i = 0; i < act.number(); i++) {
                    server.send();
                }
            }
            case PAUSE -> TimeUnit.MILLISECONDS.sleep(act.number());
            case SUSPEND -> life.suspend(act.number());
            case RESUME -> life.resume(act.number());
            case STOP -> life.stop(act.number());
            case START -> life.start(act.number());
            case KILL -> kill(act.number());
            case RESTART -> restart(act.number());
            case FORGET -> server.forget();
            case OUTAGE -> server.away(act.number());
            case BLOCK -> moods.get(act.number()).block();
            case FAIL -> moods.get(act.number()).fail();
            case HEAL -> moods.get(act.number()).heal();
            case HEAL_SOON -> clock.schedule(() -> moods.forEach(RouteMood::heal), act.number(), TimeUnit.MICROSECONDS);
            case ASK -> life.ask();
            case CHAT -> server.chat();
            case MEET -> server.order(act.step(), act.mishap());
            case AWAIT_LIVE -> await(PATIENCE_OF_AN_ACT, () -> life.isLive(act.number()));
            case AWAIT_ENTERED -> await(PATIENCE_OF_AN_ACT, () -> moods.get(act.number()).isStanding());
            case AWAIT_SUBSCRIBED -> await(PATIENCE_OF_AN_ACT, server::isSubscribed);
            case AWAIT_DELIVERED -> await(PATIENCE_OF_AN_ACT, () -> book.has(act.number(), book.count() - 1));
        }
    }

    private BooleanSupplier hearsOfOneMore(int route) {
        int number = server.send();
        return () -> book.has(route, number);
    }

    private static boolean await(Duration patience, BooleanSupplier condition) {
        try {
            Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private void kill(int millis) throws Exception {
        Life gone = life;
        life = null;
        gone.kill(server);
        departed();
        next(millis);
    }

    private void restart(int millis) throws Exception {
        Life gone = life;
        life = null;
        moods.forEach(RouteMood::heal);
        gone.end();
        departed();
        next(millis);
    }

    private void next(int millis) throws Exception {
        moods.forEach(RouteMood::heal);
        TimeUnit.MILLISECONDS.sleep(millis);
        begin();
    }

    /** Another process knows only of whom something is kept. */
    private void departed() {
        String texts;
        synchronized (kept) {
            texts = kept.values().toString();
        }
        for (int route = 0; route < setting.routes(); route++) {
            if (!texts.contains('"' + Life.name(route) + '"')) {
                book.leaves(route);
            }
        }
    }

    /** All is well again: what is sent now must arrive, and everything before it be accounted for. */
    private void settle() throws Exception {
        server.calm();
        moods.forEach(RouteMood::heal);
        for (int route = 0; route < setting.routes(); route++) {
            life.start(route);
        }
        for (int route = 0; route < setting.routes(); route++) {
            int each = route;
            if (!await(PATIENCE, () -> life.isLive(each))) {
                book.fault("route " + route + " is not live in the end, " + life.state(each));
            }
        }
        clock.shutdownNow();
        clock.awaitTermination(5, TimeUnit.SECONDS);
        TimeUnit.MILLISECONDS.sleep(20);
        for (int route = 0; route < setting.routes(); route++) {
            int each = route;
            int tries = 0;
            while (!await(PATIENCE_OF_AN_ACT, hearsOfOneMore(each)) && ++tries < LAST_TRIES) {
                // the session before had been lost unnoticed, so that one is in a gap
            }
            if (tries == LAST_TRIES) {
                book.fault("route " + route + " never had the last event");
            }
            await(Duration.ofSeconds(2), () -> book.hasAll(each));
        }
        life.end();
    }
}
