package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.store.PrivateFolders;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sample routes write is for the user of the process alone: files, dead letters, broker, sessions, locks. */
class OtherUserTest {

    /** In one of them a folder can be entered by all: a build may be in somebody's home. */
    private static final List<String> PLACES = List.of(System.getProperty("java.io.tmpdir"), "/var/tmp", "/dev/shm");

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    private Path folder;

    @BeforeEach
    void aFolderThatAllCanEnter() throws Exception {
        for (String place : PLACES) {
            if (!Files.isWritable(Path.of(place))) {
                continue;
            }
            folder = Files.createTempDirectory(Path.of(place), "imsession");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path open = Files.writeString(folder.resolve("open"), "for all");
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
            if (!isRoot() || anotherUserCan("cat", open) && anotherUserCan("flock -sn", open)) {
                return;
            }
            remove();
        }
        throw new AssertionError("no folder that all can enter in " + PLACES);
    }

    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void nothingOfWhatIsWrittenCanBeReadOrLockedByAnother() throws Exception {
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of(
                "im.to.messages", "direct:file-messages,direct:jms-messages,direct:http",
                "im.http.url", "http://127.0.0.1:1/", "im.http.retries", "0"))) {
            gws.agent("alice").sendRaw(Documented.MESSAGE).sendRaw(Documented.STATE_CHANGE).sendRaw("{}");
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.deadLetters("http.jsonl").size() == 1
                    && routes.allFiles().size() == 3);
            for (String top : List.of("im", "dead-letter", "broker", "sessions")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(top)))).as(top)
                        .isEqualTo("rwx------");
            }
            // what Camel made first and narrowed afterwards would be another user's for a moment
            assertThat(written()).filteredOn(each -> each.startsWith(routes.files()) || each.getParent()
                            .endsWith("dead-letter") || each.getParent().endsWith("sessions")).hasSizeGreaterThan(4)
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .isEqualTo("rw-------"));
            if (isRoot()) {
                for (Path each : written()) {
                    assertThat(anotherUserCan("cat", each)).as("read " + each).isFalse();
                    assertThat(anotherUserCan("flock -sn", each)).as("lock " + each).isFalse();
                }
            }
        }
    }

    /** A read lock of another user on the file that nodes lead by stopped fail-over. */
    @Test
    void nobodyElseCanHoldTheFileThatNodesLeadBy() throws Exception {
        Path cluster = folder.resolve("cluster");
        new PrivateFolders().setFolders(cluster.toString());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            FileLockClusterService service = new FileLockClusterService();
            service.setRoot(cluster.toString());
            service.setAcquireLockDelay(100, TimeUnit.MILLISECONDS);
            service.setAcquireLockInterval(100, TimeUnit.MILLISECONDS);
            context.addService(service);
            context.start();
            CamelClusterView view = service.getView("alice");
            view.start();
            await().atMost(SampleRoutes.PATIENCE).until(() -> view.getLocalMember().isLeader());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster))).isEqualTo("rwx------");
            Path lock = cluster.resolve("alice");
            assertThat(lock).exists();
            if (isRoot()) {
                assertThat(anotherUserCan("cat", lock)).isFalse();
                assertThat(anotherUserCan("flock -sn", lock)).isFalse();
            }
        }
    }

    /** A folder that another user has put there waits for what is written into it. */
    @ParameterizedTest
    @ValueSource(strings = {"im", "dead-letter", "broker", "sessions"})
    void aFolderThatIsThereAndOpenIsRefusedAtTheStart(String name) throws Exception {
        Path there = Files.createDirectory(folder.resolve(name));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> SampleRoutes.start(gws, folder, Map.of()).close())
                .hasStackTraceContaining("can be entered by other users; run chmod 700 " + there);
    }

    /** Kubernetes mounts an emptyDir so (0777); without a mount it is a folder in which anybody can exchange anything. */
    @Test
    void anOpenFolderIsNoPlaceForDataUnlessItIsAVolumeOfTheContainer() throws Exception {
        Path volume = VolumeProcess.openFolder(folder);
        assertThat(VolumeProcess.makesAFolderBelow(volume, false)).isFalse();
        assertThat(VolumeProcess.makesAFolderBelow(volume, true)).isEqualTo(VolumeProcess.mounts(volume));
        assertThat(volume).isEmptyDirectory();
    }

    /** A second step would leave a moment before it; without it a file that is 0600 has been so from its beginning. */
    @Test
    void noSampleChangesTheRightsOfAFileAfterItIsMade() throws IOException {
        try (Stream<Path> samples = Files.walk(Path.of("routes"))) {
            assertThat(samples.filter(Files::isRegularFile)).hasSizeGreaterThan(8)
                    .allSatisfy(each -> assertThat(Files.readString(each)).doesNotContain("chmod="));
        }
    }

    /** Each folder that a settings file names belongs to a bean that closes it. */
    @ParameterizedTest
    @ValueSource(strings = {"application.properties", "cluster/files.properties", "bridge/application.properties",
            "bridge/http.properties", "sql/sql.properties", "sql/h2.properties"})
    void everyFolderOfTheSamplesIsClosedBeforeItIsUsed(String file) throws Exception {
        Properties settings = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("routes", file))) {
            settings.load(reader);
        }
        List<String> closed = new ArrayList<>();
        settings.stringPropertyNames().stream().filter(name -> name.startsWith("camel.beans.")
                && "#class:org.imsession.camel.store.PrivateFolders".equals(settings.get(name)))
                .forEach(name -> closed.add(settings.getProperty(name + ".folders")));
        settings.stringPropertyNames().stream().filter(name -> name.startsWith("camel.beans.")
                && settings.getProperty(name).matches("#class:.*[.]store[.](FilePositionRepository|LineFiles|DeadLetterFiles)"))
                .forEach(name -> closed.add(settings.getProperty(name + ".folder")));
        assertThat(settings.stringPropertyNames().stream().filter(name -> name.matches("im\\..*[.-]dir")).toList())
                .isNotEmpty().allSatisfy(name -> assertThat(String.join(",", closed)).contains("{{" + name + "}}"));
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(each -> !each.endsWith("open")).toList();
            assertThat(files).hasSizeGreaterThan(6);
            return files;
        }
    }

    private boolean isRoot() throws IOException {
        return Files.getOwner(folder).equals(Files.getOwner(Path.of("/")));
    }

    /** Whether a command on the file succeeds for the user nobody. */
    private static boolean anotherUserCan(String command, Path file) throws Exception {
        String line = command + " '" + file + "'" + (command.startsWith("flock") ? " true" : "");
        Process process = new ProcessBuilder("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c",
                line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() == 0;
    }
}
