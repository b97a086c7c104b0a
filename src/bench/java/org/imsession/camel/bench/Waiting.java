package org.imsession.camel.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks, four times a second, how many messages wait in a {@link ScreenProcess} for pages to fetch them. */
final class Waiting implements AutoCloseable {

    private static final long LOOK_MILLIS = 250;
    private static final int PARTS = 3;

    private final List<double[]> looks = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    Waiting(ChildProcess routes) {
        thread.scheduleAtFixedRate(() -> {
            try {
                looks.add(routes.numbers(ScreenProcess.WAITING));
            } catch (Exception e) {
                throw new IllegalStateException(e); // there is no other look then
            }
        }, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** For one page in the mean, in the first third of the time. */
    double first() {
        return mean(looks.subList(0, looks.size() / PARTS));
    }

    /** The same, in the last third. */
    double last() {
        return mean(looks.subList(looks.size() - looks.size() / PARTS, looks.size()));
    }

    /** For the page for which most waited, at any look. */
    double most() {
        return looks.stream().mapToDouble(look -> look[1]).max().orElse(Double.NaN);
    }

    private static double mean(List<double[]> some) {
        return some.stream().mapToDouble(look -> look[0]).average().orElse(Double.NaN);
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(1, TimeUnit.MINUTES);
    }
}
