package org.imsession.karaf;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What an operator does at the console of Karaf, over JMX; each method is named after the command. */
final class KarafConsole implements AutoCloseable {

    private static final String KARAF = "org.apache.karaf:name=root,type=";

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private KarafConsole(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /**
     * By way of the JVM itself, as tools of the JDK do: Karaf's own JMX port is closed and opened again while it
     * starts, and sometimes not opened again.
     */
    static KarafConsole open(long pid) throws Exception {
        VirtualMachine karaf = VirtualMachine.attach(String.valueOf(pid));
        try {
            return new KarafConsole(JMXConnectorFactory.connect(new JMXServiceURL(karaf.startLocalManagementAgent())));
        } finally {
            karaf.detach();
        }
    }

    /** Whether the commands are there: they come after the last line of the start on a slow machine. */
    boolean hasCommands() throws IOException, JMException {
        return server.isRegistered(new ObjectName(KARAF + "feature"))
                && server.isRegistered(new ObjectName(KARAF + "bundle"));
    }

    void featureRepoAdd(String url) throws IOException, JMException {
        invoke(KARAF + "feature", "addRepository", url);
    }

    void featureInstall(String name) throws IOException, JMException {
        invoke(KARAF + "feature", "installFeature", name);
    }

    void featureUninstall(String name) throws IOException, JMException {
        invoke(KARAF + "feature", "uninstallFeature", name);
    }

    void bundleRestart(String symbolicName) throws IOException, JMException {
        invoke(KARAF + "bundle", "restart", symbolicName);
    }

    /** The state of a bundle as {@code bundle:list} shows it, empty if there is no such bundle. */
    Optional<String> bundleState(String symbolicName) throws IOException, JMException {
        return bundles().stream().filter(bundle -> bundle.get("Symbolic Name").equals(symbolicName))
                .map(bundle -> (String) bundle.get("State")).findFirst();
    }

    @SuppressWarnings("unchecked") // the values of tabular data are composite data
    Collection<CompositeData> bundles() throws IOException, JMException {
        TabularData table = (TabularData) server.getAttribute(new ObjectName(KARAF + "bundle"), "Bundles");
        return (Collection<CompositeData>) table.values();
    }

    /** What Camel's health check of consumers says: whether all are UP. */
    boolean healthy() throws IOException, JMException {
        return (boolean) server.getAttribute(one("type=health"), "Healthy");
    }

    /** The state of a Camel route: Started, Stopped or the like. */
    String routeState(String id) throws IOException, JMException {
        return (String) server.getAttribute(one("type=routes,name=\"" + id + "\""), "State");
    }

    /** The attribute {@code feedState} of the only consumer of the component. */
    String feedState() throws IOException, JMException {
        return (String) server.getAttribute(one("type=consumers"), "FeedState");
    }

    private ObjectName one(String pattern) throws IOException, JMException {
        Set<ObjectName> names = server.queryNames(new ObjectName("org.apache.camel:" + pattern + ",*"), null);
        if (names.size() != 1) {
            throw new InstanceNotFoundException(names.size() + " MBeans are " + pattern);
        }
        return names.iterator().next();
    }

    private Object invoke(String name, String operation, String argument) throws IOException, JMException {
        return server.invoke(new ObjectName(name), operation, new Object[] { argument },
                new String[] { String.class.getName() });
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // Karaf is gone already
        }
    }
}
