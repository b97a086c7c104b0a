package org.imsession.camel.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The process that runs JMH. Argument: the file for one line per JVM and value. */
final class ConverterRun {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private ConverterRun() {
    }

    public static void main(String[] args) throws Exception {
        Options options = new OptionsBuilder().include(ConverterBenchmark.class.getName())
                .forks(Bench.runs()).warmupIterations(1).warmupTime(TimeValue.seconds(Bench.seconds(3)))
                .measurementIterations(1).measurementTime(TimeValue.seconds(Bench.seconds(3)))
                .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).build();
        List<String> lines = new ArrayList<>();
        for (RunResult result : new Runner(options).run()) {
            String name = result.getPrimaryResult().getLabel();
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                lines.add(name + " " + fork.getPrimaryResult().getScore());
                String allocated = fork.getSecondaryResults().keySet().stream()
                        .filter(each -> each.endsWith(ALLOCATED)).findFirst().orElseThrow();
                lines.add(name + ".kb " + fork.getSecondaryResults().get(allocated).getScore() / 1000);
            }
        }
        Files.write(Path.of(args[0]), lines);
    }
}
