package org.imsession.camel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.imsession.camel.crash.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line is whole or absent, whatever becomes of the disk and the process. */
class LineFilesTest {

    private static final String NAME = "chats.jsonl";

    @TempDir
    Path folder;

    private LineFiles lines() {
        LineFiles lines = new LineFiles();
        lines.setFolder(folder.resolve("im").toString());
        return lines;
    }

    private Path file() {
        return folder.resolve("im").resolve(NAME);
    }

    private static Exchange line(String text) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(text.getBytes(StandardCharsets.UTF_8));
        exchange.getMessage().setHeader(Exchange.FILE_NAME, NAME);
        return exchange;
    }

    /** Writes lines until one fails, on a disk that may be full. */
    public static final class Writer {

        private Writer() {
        }

        /** @param arguments the folder, the length of a line, and how many to write */
        public static void main(String[] arguments) throws Exception {
            LineFiles lines = new LineFiles();
            lines.setFolder(arguments[0]);
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                try {
                    lines.process(line("x".repeat(Integer.parseInt(arguments[1]))));
                } catch (IOException e) {
                    System.exit(1);
                }
            }
        }
    }

    private static List<String> writer(String... arguments) {
        return ChildJvm.with(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                List.of("-XX:-UsePerfData"), Writer.class.getName(), arguments).command();
    }

    private int write(String shell, int length, int number) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-c", shell + " exec \"$@\"", "bash"));
        command.addAll(writer(folder.resolve("im").toString(), String.valueOf(length), String.valueOf(number)));
        Process writer = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("writer.log").toFile()).start();
        assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return writer.exitValue();
    }

    /** A disk that is full takes the beginning of a line, and so does a file at the limit of its size. */
    @ParameterizedTest
    @ValueSource(ints = { 700, 3000, 8191, 20_000 })
    void whatAFullDiskHasTakenOfALineIsCutOffAndTheNextOneStandsAlone(int length) throws Exception {
        int whole = 16 * 1024 / (length + 1);
        assertThat(write("ulimit -f 16;", length, 100)).as(Files.readString(folder.resolve("writer.log"))).isEqualTo(1);
        assertThat(Files.size(file())).isEqualTo((long) whole * (length + 1));
        assertThat(write("", length, 1)).isZero();
        assertThat(Files.readAllLines(file())).hasSize(whole + 1).containsOnly("x".repeat(length));
    }

    /** Root may mount a volume, and on most machines anybody in a user namespace; else the test before has to do. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a volume is mounted by means of Linux")
    void aVolumeThatIsFullOrReadOnlyForAWhileHasWholeLinesOnly() throws Exception {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        String script = "mount -t tmpfs -o size=64k,mode=700 tmpfs \"$0\" || exit 9;"
                + " head -c 20000 /dev/zero > \"$0/filler\"; \"$@\" 3000 100 && exit 8; rm \"$0/filler\";"
                + " \"$@\" 3000 1 || exit 7; mount -o remount,ro \"$0\"; \"$@\" 3000 1 && exit 6;"
                + " cat \"$0/im/" + NAME + '"';
        Path written = folder.resolve("written");
        for (String flags : List.of("-m", "-rm")) {
            List<String> command = new ArrayList<>(List.of("unshare", flags, "sh", "-c", script, volume.toString()));
            command.addAll(writer(volume.resolve("im").toString()));
            Process process = new ProcessBuilder(command).redirectOutput(written.toFile())
                    .redirectError(folder.resolve("log").toFile()).start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            if (Files.size(written) > 0 || process.exitValue() > 5 && process.exitValue() < 9) {
                assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
                assertThat(Files.readAllLines(written)).hasSizeGreaterThan(3).containsOnly("x".repeat(3000));
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "one\n", "one\ntwo\n" })
    void whatAKilledProcessHasLeftOfALineIsCutOff(String whole) throws Exception {
        LineFiles lines = lines();
        for (int left : new int[] { 1, 8191, 8192, 8193, 100_000 }) {
            Files.writeString(file(), whole + "x".repeat(left));
            lines.process(line("next"));
            assertThat(Files.readString(file())).isEqualTo(whole + "next\n");
        }
    }

    @Test
    void aBodyOfSeveralLinesIsRefusedAndSoIsAFileOutsideTheFolder() {
        LineFiles lines = lines();
        assertThatThrownBy(() -> lines.process(line("one\ntwo"))).hasMessageContaining("is more than one line");
        Exchange outside = line("one");
        outside.getMessage().setHeader(Exchange.FILE_NAME, "../" + NAME);
        assertThatThrownBy(() -> lines.process(outside)).hasMessageContaining("is not in the folder");
        assertThat(file()).doesNotExist();
        assertThat(folder.resolve(NAME)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "one,two" })
    void theFolderIsOne(String folders) {
        assertThatThrownBy(() -> new LineFiles().setFolder(folders)).hasMessageContaining("below one folder");
    }
}
