package org.imsession.camel.cluster;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.function.Consumer;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.component.zookeeper.cluster.ZooKeeperClusterService;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;

/** A node in this process, which shares the route {@code team-a} with others of its cluster. */
final class Contender implements AutoCloseable {

    private final ListeningRoute route;
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    private Contender(ListeningRoute route) {
        this.route = route;
    }

    /**
     * Starts one.
     *
     * @param name   another one for each
     * @param follow the URI that they share
     * @param change what else is in its context
     */
    static Contender start(String name, Cluster cluster, String follow, Consumer<DefaultCamelContext> change)
            throws Exception {
        return new Contender(ListeningRoute.prepared(true).with(context -> join(name, cluster, context)).with(change)
                .add("team-a", "master:team-a:" + follow).start());
    }

    private static void join(String name, Cluster cluster, DefaultCamelContext context) {
        try {
            ZooKeeperClusterService service = new ZooKeeperClusterService();
            service.setId(name);
            service.setNodes(cluster.address());
            service.setBasePath("/imsession");
            context.addService(service);
            MasterComponent master = new MasterComponent(context);
            master.setService(service);
            context.addComponent("master", master);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Camel says of the route when it is asked whether the node is ready. */
    HealthCheck.Result readiness() {
        return HealthCheckHelper.invokeReadiness(route.context()).stream()
                .filter(result -> result.getCheck().getId().equals("consumer:team-a")).findFirst().orElseThrow();
    }

    /** The role and the number of live agents that its health says, waited for. */
    void awaitHealth(String role, HealthCheck.State state) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
            HealthCheck.Result health = readiness();
            return role.equals(health.getDetails().get("role")) && health.getState() == state;
        });
    }

    /** The beans of that class among the consumers that JMX shows. */
    Set<ObjectName> consumers(String type) throws Exception {
        return beans.queryNames(new ObjectName("*:context=" + route.context().getManagementName()
                + ",type=consumers,name=" + type + "*"), null);
    }

    Object attribute(String type, String name) throws Exception {
        return beans.getAttribute(consumers(type).iterator().next(), name);
    }

    Object console(DevConsole.MediaType type) {
        return route.console(type);
    }

    ListeningRoute route() {
        return route;
    }

    @Override
    public void close() {
        route.close();
    }
}
