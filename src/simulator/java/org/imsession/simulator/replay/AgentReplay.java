package org.imsession.simulator.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imsession.simulator.record.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's part of a recording. Its turns happen in the order in which the answers came, each when it is asked for:
 * handshakes, subscriptions, snapshots, events, and whatever was refused or lost. What has no order, such as a login
 * that
 * went well, or the list of services, is answered as it was last. A turn that nobody asks for is passed over after
 * {@link Replay#PATIENCE}, if somebody waits for a later one. A client that comes for what the recording does not have,
 * such as a second handshake, gets it, and the turns go on behind that. Safe for use by several threads.
 */
final class AgentReplay {

    private static final Logger LOG = LoggerFactory.getLogger(AgentReplay.class);
    private static final long HOLD_MILLIS = 30_000;
    /** Nobody tells when a client has understood what is no connect; events right behind it would overtake it. */
    private static final long SETTLING_MILLIS = 500;

    private final List<Turn> turns;
    private final Replay replay;
    private final Map<Step, Asked> waiting = new EnumMap<>(Step.class);
    private Optional<ReplayedSession> session = Optional.empty();
    private int next;
    /** The turn that a timer has been set for, to come in its time, or to be passed over. */
    private int timedFor = -1;
    private int impatientFor = -1;
    private long notBefore = Long.MIN_VALUE / 2;
    /** Whether a connect was answered with events, after which the client has not come for more. */
    private boolean underWay;

    AgentReplay(List<Turn> turns, Replay replay) {
        this.turns = turns;
        this.replay = replay;
    }

    /** Whether all has happened, and the client has taken it. */
    synchronized boolean isOver() {
        return turns.stream().skip(next).noneMatch(Turn::isInOrder) && session.map(it -> it.isTaken() &&
                waiting.containsKey(Step.CONNECT)).orElse(true);
    }

    /** The server stops: whoever waits has gone, and the session with it. */
    synchronized void abandon() {
        waiting.clear();
        session = Optional.empty();
    }

    synchronized void ask(Asked asked) {
        advance();
        Step step = asked.steps().contains(Step.HANDSHAKE) ? Step.HANDSHAKE
                : asked.steps().contains(Step.SUBSCRIBE) ? Step.SUBSCRIBE : asked.steps().get(0);
        if (step == Step.CONNECT) {
            connect(asked);
        } else if (step == Step.DISCONNECT) {
            answerBayeux(asked, List.of());
            waiting(Step.CONNECT).ifPresent(held -> answerConnect(held, List.of()));
            session = Optional.empty();
        } else if (comes(step)) {
            park(step, asked);
        } else {
            answerAsLast(step, asked);
        }
        advance();
    }

    /** Whether a turn of that kind is ahead in this session. */
    private boolean comes(Step step) {
        if (step == Step.HANDSHAKE || step == Step.LOGIN) {
            int ahead = IntStream.range(next, turns.size()).filter(i -> turns.get(i).isInOrder())
                    .filter(i -> step == Step.LOGIN || turns.get(i).step() != Step.LOGIN).findFirst().orElse(-1);
            return ahead >= 0 && turns.get(ahead).step() == step;
        }
        return turns.stream().skip(next).takeWhile(each -> each.step() != Step.HANDSHAKE)
                .anyMatch(each -> each.isInOrder() && each.step() == step);
    }

    private void park(Step step, Asked asked) {
        // of two at once the older one has been given up by the client
        waiting(step).ifPresent(older -> answerAsLast(step, older));
        waiting.put(step, asked);
    }

    private Optional<Asked> waiting(Step step) {
        return Optional.ofNullable(waiting.remove(step));
    }

    private void connect(Asked asked) {
        Bayeux request = Bayeux.in(asked.body()).get(0);
        if (session.filter(it -> it.clientId().equals(request.clientId())).isEmpty()) {
            asked.answer().accept(Answers.bayeux(List.of(Bayeux.unknownClient(request))));
            return;
        }
        session.get().acknowledged(request.ack());
        underWay = false;
        if (!session.get().isTaken()) {
            List<Bayeux> events = due();
            underWay = !events.isEmpty();
            answerConnect(asked, events);
        } else if ((session.get().isFirstConnect() || request.isUrgent()) && !turnIs(Step.CONNECT)) {
            answerConnect(asked, List.of());
        } else {
            waiting(Step.CONNECT).ifPresent(older -> answerConnect(older, List.of()));
            waiting.put(Step.CONNECT, asked);
            replay.later(HOLD_MILLIS, () -> release(asked));
        }
    }

    private boolean turnIs(Step step) {
        return next < turns.size() && turns.get(next).step() == step;
    }

    /** The events whose time has come while others wait to be acknowledged: a server sends them with those. */
    private List<Bayeux> due() {
        List<Bayeux> events = new ArrayList<>();
        while (!replay.isFast() && turnIs(Step.CONNECT) && turns.get(next).success() &&
                replay.waitFor(turns.get(next)) <= 0) {
            events.addAll(turns.get(next++).events());
        }
        return events;
    }

    private synchronized void release(Asked asked) {
        if (waiting.remove(Step.CONNECT, asked)) {
            answerConnect(asked, List.of());
        }
    }

    private void answerConnect(Asked asked, List<Bayeux> events) {
        Bayeux request = Bayeux.in(asked.body()).get(0);
        Bayeux reply = turns.stream().filter(each -> each.step() == Step.CONNECT && each.success()).findFirst()
                .map(each -> each.replies().get(0).to(request, session.get().clientId()))
                .orElseGet(() -> Bayeux.success(request, session.get().clientId()));
        asked.answer().accept(Answers.bayeux(session.get().answer(reply, events, false)));
    }

    /** Lets happen what can happen now. */
    private void advance() {
        while (next < turns.size()) {
            Turn turn = turns.get(next);
            if (turn.isInOrder()) {
                long millis = Math.max(replay.waitFor(turn), notBefore - Replay.millis());
                if (millis > 0) {
                    comeBack(millis);
                    return;
                }
                if (!isSkipped(turn)) {
                    Optional<Asked> asked = isEarly(turn) ? Optional.empty() : waiting(turn.step());
                    if (asked.isEmpty()) {
                        becomeImpatient();
                        return;
                    }
                    next++;
                    replay.begun(turn);
                    play(turn, asked.get());
                    notBefore = turn.tellsBesideConnects() ? Replay.millis() + SETTLING_MILLIS : notBefore;
                    continue;
                }
            }
            next++;
        }
    }

    /** What tells beside the connects is not to overtake the events before it: who comes for more has taken those. */
    private boolean isEarly(Turn turn) {
        return turn.tellsBesideConnects() && underWay && session.isPresent();
    }

    private void comeBack(long millis) {
        if (timedFor != next) {
            timedFor = next;
            replay.later(millis, this::again);
        }
    }

    private synchronized void again() {
        timedFor = -1;
        advance();
    }

    /** A new handshake of a client that had a session: it lost it, or had been stopped. */
    private boolean isSkipped(Turn turn) {
        if (turn.step() == Step.LOGIN && waiting.containsKey(Step.HANDSHAKE)) {
            return true;
        }
        if (turn.step() != Step.HANDSHAKE || session.isEmpty() || waiting.containsKey(Step.HANDSHAKE)) {
            return false;
        }
        boolean stopped = turns.stream().limit(next).reduce((one, other) -> isOfSession(other) ? other : one)
                .filter(last -> last.step() == Step.DISCONNECT).isPresent();
        if (!stopped) {
            waiting(Step.CONNECT).ifPresent(held -> {
                session = Optional.empty();
                held.answer().accept(Answers.bayeux(List.of(Bayeux.unknownClient(Bayeux.in(held.body()).get(0)))));
            });
        }
        return stopped;
    }

    private static boolean isOfSession(Turn turn) {
        return turn.step() == Step.DISCONNECT || turn.step() == Step.CONNECT && turn.isInOrder();
    }

    private void becomeImpatient() {
        if (!waiting.isEmpty() && impatientFor != next) {
            impatientFor = next;
            int place = next;
            replay.later(Replay.PATIENCE.toMillis(), () -> passOver(place));
        }
    }

    private synchronized void passOver(int place) {
        impatientFor = -1;
        if (place == next && !waiting.isEmpty()) {
            LOG.warn("The replay goes on without what came after {} ms of the recording, for nobody asks for it: {}",
                    turns.get(next).answer().millis(), turns.get(next).step());
            next++;
            advance();
        }
    }

    private void play(Turn turn, Asked asked) {
        if (turn.replies().isEmpty()) {
            asked.answer().accept(Answers.asRecorded(turn.answer()));
        } else if (turn.step() == Step.CONNECT && turn.success()) {
            boolean replyFirst = turn.answer().batch().get(0).equals(turn.replies().get(0).text());
            Bayeux reply = turn.replies().get(0).to(Bayeux.in(asked.body()).get(0), session.get().clientId());
            underWay = !turn.events().isEmpty();
            asked.answer().accept(Answers.bayeux(session.get().answer(reply, turn.events(), replyFirst)));
        } else {
            if (turn.step() == Step.HANDSHAKE) {
                session = turn.success() ? Optional.of(new ReplayedSession(turn.acknowledges())) : Optional.empty();
                waiting.remove(Step.CONNECT);
                underWay = false;
            }
            List<Bayeux> answer = new ArrayList<>(replies(asked, turn.replies()));
            answer.addAll(turn.events());
            asked.answer().accept(Answers.bayeux(answer));
        }
        if (turn.endsSession()) {
            session = Optional.empty();
        }
    }

    private List<Bayeux> replies(Asked asked, List<Bayeux> recorded) {
        String clientId = session.map(ReplayedSession::clientId).orElse("");
        List<Bayeux> requests = Bayeux.in(asked.body());
        Stream<Bayeux> unasked = recorded.stream().filter(each -> requests.stream().noneMatch(each::repliesTo));
        return Stream.concat(unasked, requests.stream().map(request -> recorded.stream()
                .filter(each -> each.repliesTo(request)).findFirst().map(each -> each.to(request, clientId))
                .orElseGet(() -> Bayeux.success(request, clientId)))).toList();
    }

    private void answerBayeux(Asked asked, List<Bayeux> recorded) {
        asked.answer().accept(Answers.bayeux(replies(asked, recorded)));
    }

    /** As such a request was answered last before now, or else first from now on, if it was. */
    private void answerAsLast(Step step, Asked asked) {
        Optional<Turn> known = Stream.concat(IntStream.iterate(next - 1, i -> i >= 0, i -> i - 1).mapToObj(turns::get),
                        turns.stream().skip(next))
                .filter(each -> each.step() == step && each.answer().path().equals(asked.path()))
                .filter(each -> each.success() || !each.isInOrder()).findFirst();
        if (!asked.path().startsWith("/notifications")) {
            asked.answer().accept(known.map(turn -> Answers.asRecorded(turn.answer())).orElseGet(Answers::notFound));
            return;
        }
        if (step == Step.HANDSHAKE) {
            session = Optional.of(new ReplayedSession(known.map(Turn::acknowledges).orElse(false)));
            waiting.remove(Step.CONNECT);
        }
        answerBayeux(asked, known.map(Turn::replies).orElse(List.of()));
    }
}
