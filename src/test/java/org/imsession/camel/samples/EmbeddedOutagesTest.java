package org.imsession.camel.samples;

import static org.awaitility.Awaitility.await;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * H2 in a file, when it is closed and another process has its file, and when its disk is full: what
 * {@link SqlOutagesIT} shows of a server, as far as it can happen to a database in the process itself. It cannot hang
 * but with the disk, and nobody makes it read-only while it is open.
 */
class EmbeddedOutagesTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;
    private FileChannel file;
    private FileLock lock;

    @Test
    void nothingIsLostWhileTheDatabaseIsAnothers() throws Exception {
        try (Database database = new Database.H2(folder)) {
            new Outage(gws, folder, database, Map.of()).losesNothing(() -> take(database), this::release);
        }
    }

    @Test
    void withoutAcknowledgementOneGapTellsThatTheDatabaseWasAnothers() throws Exception {
        try (GwsServer forgetful = GwsServer.create(GwsSettings.defaults().without(GwsSwitch.ACK_EXTENSION));
                Database database = new Database.H2(folder)) {
            forgetful.agent("alice", "secret");
            forgetful.start();
            new Outage(forgetful, folder, database, Map.of()).losesWhatOneGapTells(() -> take(database), this::release);
        }
    }

    @Test
    void nothingIsLostWhileTheDiskIsFull() throws Exception {
        FrailDisk.mount();
        try (Database database = new Database.H2(folder, FrailDisk.NAME)) {
            database.leave();
            new Outage(gws, folder, database, Map.of())
                    .losesNothing(() -> FrailDisk.full(true), () -> FrailDisk.full(false));
        } finally {
            FrailDisk.full(false);
        }
    }

    /** The pool opens it again at once; this is to be faster some time. */
    private void take(Database database) throws Exception {
        file = FileChannel.open(folder.resolve("database/im.mv.db"), StandardOpenOption.WRITE);
        await().atMost(SampleRoutes.PATIENCE).ignoreExceptions().until(() -> {
            database.update("shutdown immediately");
            lock = file.tryLock();
            return lock != null;
        });
    }

    private void release() throws Exception {
        lock.release();
        file.close();
    }
}
