package org.imsession.camel.samples;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that keeps what it hears in a database, until it is killed. */
final class SqlVictim {

    private SqlVictim() {
    }

    /** @param args address of the simulator, folder, files of settings, and properties, each as name=value */
    public static void main(String[] args) throws Exception {
        Map<String, String> properties = new HashMap<>();
        for (int i = 3; i < args.length; i++) {
            String[] property = args[i].split("=", 2);
            properties.put(property[0], property[1]);
        }
        SampleRoutes.begin(args[0], Path.of(args[1]), args[2], properties);
        new CountDownLatch(1).await();
    }
}
