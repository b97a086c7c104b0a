package org.imsession.camel.samples;

import java.nio.file.Path;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a test of {@code routes/sql} has of its own: a GWS with the agent alice, a folder, and an empty database. */
abstract class WithDatabase {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;
    Database database;

    @BeforeEach
    void startDatabase() throws Exception {
        database = Database.start(folder);
    }

    @AfterEach
    void closeDatabase() throws Exception {
        database.close();
    }
}
