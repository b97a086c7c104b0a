package org.imsession.karaf.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.karaf.core.OsgiDefaultCamelContext;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Runs the XML route files of {@code ${karaf.base}/routes} in one Camel context, as long as its bundle is started. */
public final class RouteHost implements BundleActivator {

    private CamelContext camel;

    @Override
    public void start(BundleContext bundle) throws Exception {
        camel = new OsgiDefaultCamelContext(bundle);
        RoutesLoader loader = PluginHelper.getRoutesLoader(camel);
        for (Path file : routes()) {
            loader.loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + file));
        }
        camel.start();
    }

    private static List<Path> routes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("karaf.base"), "routes"))) {
            return files.sorted().toList();
        }
    }

    @Override
    public void stop(BundleContext bundle) {
        if (camel != null) {
            camel.stop();
        }
    }
}
