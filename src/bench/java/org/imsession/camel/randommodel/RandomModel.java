package org.imsession.camel.randommodel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs rounds of chance, several at a time, and prints what became of the events. Exit status 0 if all are accounted
 * for. Properties: {@code model.minutes} (60), {@code model.seed} of the first round, after which they count up;
 * {@code model.rounds} to end after so many, such as 1 to see one seed again; {@code model.parallel} (6);
 * {@code model.script} for one of {@link Script}, or all of them, in the place of chance.
 */
public final class RandomModel {

    private static final int FAULTS_SHOWN = 6;

    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(
            (long) (60 * Double.parseDouble(System.getProperty("model.minutes", "60"))));
    private final int rounds = Integer.getInteger("model.rounds", Integer.MAX_VALUE);
    private final int parallel = Integer.getInteger("model.parallel", 6);
    private final long first = Long.getLong("model.seed", System.nanoTime() & 0xFFFFFF);
    private final AtomicLong seeds = new AtomicLong(first);
    private final List<String> red = new ArrayList<>();
    private int done;
    private long events;
    private long delivered;
    private long inGaps;
    private long gaps;
    private long excused;
    private long unaccounted;
    private long unmarked;
    private long overlapping;
    private long other;

    private RandomModel() {
    }

    /** No arguments; properties, see above. */
    public static void main(String[] args) throws Exception {
        System.exit(new RandomModel().run() ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        String script = System.getProperty("model.script", "");
        if (!script.isEmpty()) {
            for (Script each : Script.values()) {
                if (script.equals("all") || script.equals(each.name())) {
                    System.out.println(each + ":");
                    play(each.plan());
                }
            }
            return conclude();
        }
        System.out.println("Random model, from seed " + first + " on, " + parallel + " rounds at a time");
        ExecutorService hands = Executors.newFixedThreadPool(parallel);
        for (int i = 0; i < parallel; i++) {
            hands.execute(this::play);
        }
        hands.shutdown();
        while (!hands.awaitTermination(1, TimeUnit.MINUTES)) {
            tell();
        }
        return conclude();
    }

    private boolean conclude() {
        tell();
        System.out.println("red: " + red);
        return unaccounted + unmarked + overlapping + other == 0;
    }

    private void play() {
        long seed = seeds.getAndIncrement();
        while (System.nanoTime() < end && seed - first < rounds) {
            play(Plan.of(seed));
            seed = seeds.getAndIncrement();
        }
    }

    private void play(Plan plan) {
        try {
            book(plan, Round.run(plan));
        } catch (Exception e) {
            broke(plan, e);
        }
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private synchronized void broke(Plan plan, Exception e) {
        done++;
        other++;
        red.add(plan.name());
        System.out.println(plan.name() + " broke down: " + root(e));
    }

    private synchronized void book(Plan plan, Book.Verdict verdict) {
        done++;
        events += verdict.events();
        delivered += verdict.delivered();
        inGaps += verdict.inGaps();
        gaps += verdict.gaps();
        excused += verdict.excused();
        unaccounted += verdict.unaccounted();
        unmarked += verdict.unmarked();
        overlapping += verdict.overlapping();
        other += verdict.other();
        if (!verdict.isClean()) {
            red.add(plan.name());
            System.out.println(plan.name() + " is red, " + plan.setting());
            System.out.println("    " + plan.acts());
            verdict.faults().stream().limit(FAULTS_SHOWN).forEach(fault -> System.out.println("    " + fault));
        }
    }

    private synchronized void tell() {
        System.out.println("rounds " + done + ", red " + red.size() + " | events " + events + ", delivered to routes "
                + delivered + ", in one of " + gaps + " gaps " + inGaps + ", not followed " + excused
                + " | unaccounted " + unaccounted + ", unmarked twice " + unmarked + ", overlapping windows "
                + overlapping + ", other " + other);
    }
}
