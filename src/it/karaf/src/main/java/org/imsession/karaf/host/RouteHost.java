package org.imsession.karaf.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.karaf.core.OsgiDefaultCamelContext;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;

/**
 * Runs the XML route files of {@code ${karaf.base}/routes} in one Camel context, from when the component that they need
 * is there until this bundle stops. Like other hosts it does not notice when the component goes.
 */
public final class RouteHost implements BundleActivator {

    /** What camel-core-osgi registers for a component that it has found in a bundle. */
    private static final String COMPONENT =
            "(&(objectClass=org.apache.camel.spi.ComponentResolver)(component=imsession))";

    private BundleContext bundle;
    private CamelContext camel;

    @Override
    public void start(BundleContext own) throws Exception {
        bundle = own;
        own.addServiceListener(event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                run();
            }
        }, COMPONENT);
        if (own.getAllServiceReferences(null, COMPONENT) != null) {
            run();
        }
    }

    private synchronized void run() {
        if (camel != null) {
            return;
        }
        camel = new OsgiDefaultCamelContext(bundle);
        HealthCheckRegistry.get(camel).register(new ConsumersHealthCheckRepository());
        RoutesLoader loader = PluginHelper.getRoutesLoader(camel);
        try {
            for (Path file : routes()) {
                loader.loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + file));
            }
        } catch (Exception e) {
            throw new RuntimeCamelException("The routes cannot be loaded", e);
        }
        camel.start();
    }

    private static List<Path> routes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("karaf.base"), "routes"))) {
            return files.sorted().toList();
        }
    }

    @Override
    public synchronized void stop(BundleContext own) {
        if (camel != null) {
            camel.stop();
        }
    }
}
