package org.imsession.camel.cluster;

import java.util.Map;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** What decides who follows an agent, with the settings of {@code routes}. */
interface Cluster extends AutoCloseable {

    /** Which of them, as a parameter of tests. */
    enum Kind {
        FILES, ZOOKEEPER;

        Cluster open() throws Exception {
            return this == FILES ? new Files() : new ZooKeeper();
        }
    }

    /** The file in {@code routes}. */
    String settings();

    /** Host and port, empty if there is none. */
    String address();

    @Override
    void close() throws Exception;

    /** Locks in a folder. */
    final class Files implements Cluster {

        @Override
        public String settings() {
            return "routes/cluster/files.properties";
        }

        @Override
        public String address() {
            return "";
        }

        @Override
        public void close() {
            // the folder goes with the test
        }
    }

    /** A server in this process. */
    final class ZooKeeper implements Cluster {

        private static final int TICK_MILLIS = 1000;

        private final TestingServer server;

        ZooKeeper() throws Exception {
            server = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, -1,
                    Map.of("admin.enableServer", "false", "clientPortAddress", "127.0.0.1"), "127.0.0.1"), true);
        }

        @Override
        public String settings() {
            return "routes/cluster/zookeeper.properties";
        }

        @Override
        public String address() {
            return server.getConnectString();
        }

        @Override
        public void close() throws Exception {
            server.close();
        }
    }
}
