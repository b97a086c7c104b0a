package org.imsession.camel.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The process that runs JMH. Argument: the file for one line per JVM and value. */
final class ConverterRun {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Of half a second, for each of {@code bench.seconds}; at most two thirds of them are to warm up. */
    private static final int ITERATIONS = 6;

    private ConverterRun() {
    }

    public static void main(String[] args) throws Exception {
        Options options = new OptionsBuilder().include(ConverterBenchmark.class.getName())
                .forks(Bench.runs()).warmupIterations(0)
                .measurementIterations(ITERATIONS * Bench.seconds(3)).measurementTime(TimeValue.milliseconds(500))
                .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).build();
        List<String> lines = new ArrayList<>();
        for (RunResult result : new Runner(options).run()) {
            String name = result.getPrimaryResult().getLabel();
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                List<IterationResult> steady = steady(fork);
                lines.add(name + " " + Spread.of(steady.stream().map(each -> each.getPrimaryResult().getScore())
                        .toList()).median());
                String allocated = fork.getSecondaryResults().keySet().stream()
                        .filter(each -> each.endsWith(ALLOCATED)).findFirst().orElseThrow();
                lines.add(name + ".kb " + Spread.of(steady.stream()
                        .map(each -> each.getSecondaryResults().get(allocated).getScore() / 1000).toList()).median());
            }
        }
        Files.write(Path.of(args[0]), lines);
    }

    /** The third at the end, and what before it was steady. */
    private static List<IterationResult> steady(BenchmarkResult fork) {
        List<IterationResult> all = List.copyOf(fork.getIterationResults());
        WarmUp warmUp = new WarmUp(fork.getParams().getBenchmark());
        int from = 0;
        while (from < all.size() * 2 / 3 && !warmUp.isSteady(1 / all.get(from).getPrimaryResult().getScore())) {
            from++;
        }
        return all.subList(from, all.size());
    }
}
