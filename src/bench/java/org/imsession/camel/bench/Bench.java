package org.imsession.camel.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs one benchmark, prints its table and keeps it in {@code target/bench}. Property {@code bench} says which:
 * {@code throughput}, {@code latency}, {@code converters}, {@code operations}, {@code scale}, {@code recovery},
 * {@code sql}, {@code screen}; {@code readme} pastes the kept tables into the manual instead. How much of it:
 * {@code bench.runs} turns (5), {@code bench.seconds} for each turn, and what the class of each says.
 */
public final class Bench {

    static final Path FOLDER = Path.of("target/bench").toAbsolutePath();

    /** A benchmark. */
    interface Subject {

        /** Measures, and says what came of it. */
        Table measure() throws Exception;
    }

    private Bench() {
    }

    /** No arguments; properties, see above. */
    public static void main(String[] args) throws Exception {
        String name = System.getProperty("bench", "");
        Subject subject = switch (name) {
            case "throughput" -> new Throughput();
            case "latency" -> new Latency();
            case "converters" -> new Converters();
            case "operations" -> new Operations();
            case "scale" -> new Scale();
            case "recovery" -> new Recovery();
            case "sql" -> new Sql();
            case "screen" -> new Screen();
            case "readme" -> {
                ReadmeTables.paste(Path.of("src/main/docs/performance.md"), FOLDER);
                System.exit(0);
                throw new AssertionError();
            }
            default -> throw new IllegalArgumentException(
                    "-Dbench= must be throughput, latency, converters, operations, scale, recovery, sql, screen or"
                            + " readme, not '" + name + "'");
        };
        int status = 1;
        try {
            Files.createDirectories(FOLDER);
            String table = subject.measure().markdown();
            Files.writeString(FOLDER.resolve(name + ".md"), table);
            System.out.println(table);
            status = 0;
        } catch (Exception | Error e) {
            e.printStackTrace();
        } finally {
            System.exit(status); // threads of clients and servers would keep a failure waiting for ever, unsaid
        }
    }

    /** How often each client has its turn. */
    static int runs() {
        return Integer.getInteger("bench.runs", 5);
    }

    /** How long a turn takes, unless that is said otherwise. */
    static int seconds(int standard) {
        return Integer.getInteger("bench.seconds", standard);
    }
}
