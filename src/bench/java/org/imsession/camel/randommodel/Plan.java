package org.imsession.camel.randommodel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.imsession.camel.randommodel.Act.Kind;
import org.imsession.camel.randommodel.Act.Step;

/**
 * A round before it is run: the same for the same seed.
 *
 * @param name    its seed, or what it shows
 * @param seed    of what is decided on the way
 * @param setting what stays the same
 * @param acts    what is done, in order
 */
record Plan(String name, long seed, Setting setting, List<Act> acts) {

    private static final List<Mishap> MISHAPS = List.of(Mishap.SLOW, Mishap.SLOW, Mishap.TOO_SLOW, Mishap.LOST_REQUEST,
            Mishap.LOST_ANSWER, Mishap.LOST_ANSWER, Mishap.CUT_ANSWER, Mishap.CUT_ANSWER, Mishap.ASKED_TWICE,
            Mishap.FORGOTTEN, Mishap.REFUSED);
    private static final Mishap[] OF_A_SUBSCRIPTION = { Mishap.SLOW, Mishap.TOO_SLOW, Mishap.LOST_ANSWER,
        Mishap.FORGOTTEN, Mishap.FORGOTTEN_LATE, Mishap.REFUSED };

    /** A plan of chance. */
    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Setting setting = setting(random);
        List<Act> acts = new ArrayList<>();
        int number = 12 + random.nextInt(14);
        if (random.nextInt(3) > 0) {
            acts.add(Act.of(Kind.AWAIT_LIVE, 0));
        }
        for (int i = 0; i < number; i++) {
            add(acts, random, setting);
            acts.add(Act.of(Kind.PAUSE, random.nextInt(4) == 0 ? random.nextInt(600) : random.nextInt(120)));
        }
        return new Plan(Long.toString(seed), seed, setting, List.copyOf(acts));
    }

    private static Setting setting(SplittableRandom random) {
        boolean acknowledging = random.nextInt(3) > 0;
        boolean repository = random.nextBoolean();
        boolean ackFailed = random.nextInt(3) > 0;
        int routes = random.nextInt(3) == 0 ? 2 : 1;
        boolean producer = random.nextInt(5) == 0;
        return new Setting(acknowledging, repository, ackFailed, routes, producer,
                50 + random.nextInt(150), 1000 + random.nextInt(2000), random.nextInt(4) == 0 ? 20 : 1000,
                3 + random.nextInt(20), MISHAPS, random.nextInt(3) == 0 ? 0 : random.nextInt(6),
                random.nextInt(3) == 0 ? random.nextInt(40) : 0);
    }

    private static void add(List<Act> acts, SplittableRandom random, Setting setting) {
        int route = random.nextInt(setting.routes());
        switch (random.nextInt(20)) {
            case 0 -> acts.add(Act.of(Kind.SUSPEND, route));
            case 1, 2 -> acts.add(Act.of(Kind.RESUME, route));
            case 3 -> acts.add(Act.of(Kind.BLOCK, route));
            case 4 -> acts.add(Act.of(Kind.FAIL, route));
            case 5, 6 -> acts.add(Act.of(Kind.HEAL, route));
            case 7 -> acts.add(Act.of(Kind.CHAT, 0));
            case 8 -> acts.add(Act.of(Kind.SEND, 1 + random.nextInt(30)));
            case 9 -> acts.add(Act.of(Kind.KILL, random.nextInt(4) == 0
                    ? setting.maxIntervalMillis() + 300 : random.nextInt(400)));
            case 10 -> acts.add(Act.of(Kind.OUTAGE, random.nextInt(3) == 0
                    ? setting.maxIntervalMillis() + 200 : random.nextInt(400)));
            case 11, 12 -> {
                acts.add(Act.of(Kind.STOP, route));
                acts.add(Act.of(Kind.PAUSE, random.nextInt(300)));
                acts.add(Act.of(Kind.START, route));
            }
            case 13 -> acts.add(Act.of(Kind.STOP, route));
            case 14 -> acts.add(Act.of(Kind.START, route));
            case 15 -> acts.add(Act.of(Kind.RESTART, random.nextInt(300)));
            case 16 -> acts.add(Act.of(setting.producer() ? Kind.ASK : Kind.FORGET, 0));
            case 17 -> acts.add(Act.of(Kind.FORGET, 0));
            default -> {
                acts.add(Act.meet(Step.SUBSCRIBE, OF_A_SUBSCRIPTION[random.nextInt(OF_A_SUBSCRIPTION.length)]));
                if (random.nextBoolean()) {
                    acts.add(Act.of(Kind.FORGET, 0));
                }
            }
        }
    }
}
