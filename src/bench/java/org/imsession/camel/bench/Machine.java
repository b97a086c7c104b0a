package org.imsession.camel.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.cometd.client.BayeuxClient;
import org.eclipse.jetty.util.Jetty;

/** Where and on what was measured. */
final class Machine {

    private Machine() {
    }

    static String describe() {
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "%d cores%s, %d GiB, %s %s, JDK %s, Camel %s, CometD %s, Jetty %s, load %.1f at the end".formatted(
                Runtime.getRuntime().availableProcessors(), processor(),
                Math.round(system.getTotalMemorySize() / (double) (1 << 30)), System.getProperty("os.name"),
                System.getProperty("os.version").replaceAll("[^0-9.].*", ""), Runtime.version(),
                new DefaultCamelContext().getVersion(), version(BayeuxClient.class), Jetty.VERSION,
                system.getSystemLoadAverage());
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
                    .findFirst().map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")").orElse("");
        } catch (IOException e) {
            return ""; // another system than Linux
        }
    }

    private static String version(Class<?> type) {
        String jar = String.valueOf(type.getProtectionDomain().getCodeSource().getLocation());
        return jar.replaceAll(".*-([0-9][^/]*)\\.jar", "$1");
    }
}
