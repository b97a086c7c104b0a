package org.imsession.camel.samples;

import java.nio.file.Path;
import java.util.Map;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.TcpProxy;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real PostgreSQL that is away, hangs, or takes nothing: the events stay with GWS, health says so, and when it is
 * back each is kept once, with no more connections than before.
 */
class SqlOutagesIT {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    @Test
    void nothingIsLostWhileTheDatabaseIsAway() throws Exception {
        try (PostgreSql database = new PostgreSql()) {
            outage(database, Map.of()).losesNothing(database::stopServer, database::startServer);
        }
    }

    @Test
    void withoutAcknowledgementOneGapTellsThatTheDatabaseWasAway() throws Exception {
        try (GwsServer forgetful = GwsServer.create(GwsSettings.defaults().without(GwsSwitch.ACK_EXTENSION));
                PostgreSql database = new PostgreSql()) {
            forgetful.agent("alice", "secret");
            forgetful.start();
            new Outage(forgetful, folder, database, Map.of())
                    .losesWhatOneGapTells(database::stopServer, database::startServer);
        }
    }

    @Test
    void nothingIsLostWhileTheDatabaseHangs() throws Exception {
        try (PostgreSql database = new PostgreSql(); TcpProxy proxy = TcpProxy.to(database.port())) {
            TcpProxy.Toxic stall = new TcpProxy.Toxic.Stall();
            TcpProxy.Toxic hang = new TcpProxy.Toxic.AcceptAndHang();
            outage(database, database.properties(proxy.port())).losesNothing(() -> proxy.add(stall).add(hang),
                    () -> proxy.remove(stall).remove(hang));
        }
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsReadOnly() throws Exception {
        try (PostgreSql database = new PostgreSql()) {
            outage(database, Map.of())
                    .losesNothing(() -> readOnly(database, "on"), () -> readOnly(database, "off"));
        }
    }

    /** The log of PostgreSQL's own disk cannot be filled without stopping it; a table that is full is refused alike. */
    @Test
    void nothingIsLostWhileTheDatabaseIsFull() throws Exception {
        try (PostgreSql database = new PostgreSql()) {
            database.update("create function full_disk() returns trigger language plpgsql as $$ begin raise exception"
                    + " 'could not extend file: No space left on device' using errcode = '53100'; end $$");
            outage(database, Map.of()).losesNothing(() -> database.update(
                    "create trigger full_disk before insert on im_events for each row execute function full_disk()"),
                    () -> database.update("drop trigger full_disk on im_events"));
        }
    }

    private static void readOnly(PostgreSql database, String value) throws Exception {
        database.update("begin; set transaction read write;"
                + " alter database postgres set default_transaction_read_only = " + value + "; commit");
        database.update("do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and backend_type = 'client backend'; end $$");
    }

    private Outage outage(PostgreSql database, Map<String, String> way) {
        return new Outage(gws, folder, database, way);
    }
}
