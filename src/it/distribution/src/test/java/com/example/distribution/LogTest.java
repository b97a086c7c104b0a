package com.example.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as conf/logback.xml has it, but in another folder and, where it matters, of another size; the clock is set. */
class LogTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final LocalDate FIRST = LocalDate.now(ZoneId.systemDefault());

    @TempDir
    private Path folder;
    private Path log;
    private Installation installation;
    private LoggerContext context;
    private RollingFileAppender<ILoggingEvent> file;

    @BeforeEach
    void unpack() throws IOException {
        installation = Installation.unpack(folder);
        log = Files.createDirectory(folder.resolve("log"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void itIsANewFileEachDay() throws Exception {
        configure("50MB");
        info("today");
        setDate(FIRST.plusDays(1));
        info("tomorrow");
        Path rolled = log.resolve("imsession." + FIRST + ".0.log.gz");
        awaitCompressed(rolled);
        assertThat(read(rolled)).contains("today").doesNotContain("tomorrow")
                .startsWith(FIRST + "T").containsPattern("T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  org.imsession.a - ");
        assertThat(log.resolve("imsession.log")).content().contains("tomorrow").doesNotContain("today");
    }

    @Test
    void itIsANewFileWhenItIsLong() throws Exception {
        configure("10KB");
        info("first");
        info("x".repeat(20_000));
        info("second");
        awaitCompressed(log.resolve("imsession." + FIRST + ".0.log.gz"));
        assertThat(read(log.resolve("imsession." + FIRST + ".0.log.gz"))).contains("first");
        assertThat(log.resolve("imsession.log")).content().contains("second").doesNotContain("first");
    }

    @Test
    void whatIsOlderThanThirtyDaysGoes() throws Exception {
        configure("50MB");
        for (int day = 0; day <= 40; day++) {
            setDate(FIRST.plusDays(day));
            info("day " + day);
            if (day > 0) {
                awaitCompressed(log.resolve("imsession." + FIRST.plusDays(day - 1) + ".0.log.gz"));
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Installation.namesIn(log)).hasSize(31)
                .doesNotContain("imsession." + FIRST.plusDays(9) + ".0.log.gz")
                .contains("imsession." + FIRST.plusDays(10) + ".0.log.gz", "imsession.log"));
    }

    /** The class files that are tested are those of lib/. */
    private void configure(String size) throws Exception {
        String version = LoggerContext.class.getPackage().getImplementationVersion();
        assertThat(installation.lib().resolve("logback-classic-" + version + ".jar")).exists();
        Path configuration = Files.writeString(folder.resolve("logback.xml"), installation.read("conf/logback.xml")
                .replace(">log/", ">" + log + "/").replace(">50MB<", ">" + size + "<"));
        context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(configuration.toFile());
        assertThat(context.getStatusManager().getCopyOfStatusList()).noneMatch(each -> each.getLevel() > Status.INFO);
        context.getLogger("ROOT").detachAppender("console");
        file = (RollingFileAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("file");
        setDate(FIRST);
    }

    private void setDate(LocalDate date) {
        ((SizeAndTimeBasedRollingPolicy<ILoggingEvent>) file.getRollingPolicy()).getTimeBasedFileNamingAndTriggeringPolicy()
                .setCurrentTime(date.atTime(12, 0).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli());
    }

    private void info(String message) {
        context.getLogger("org.imsession.a").setLevel(Level.INFO);
        context.getLogger("org.imsession.a").info(message);
    }

    private void awaitCompressed(Path rolled) {
        await().atMost(PATIENCE).until(() -> Files.exists(rolled) && !read(rolled).isEmpty());
    }

    private static String read(Path rolled) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(rolled))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.EOFException e) {
            return ""; // it is being written
        }
    }
}
