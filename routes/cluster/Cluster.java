import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.master.MasterComponent;

/**
 * Makes the bean imCluster the cluster of the component master:. In Camel Main this cannot be done by properties alone:
 * camel.component.master.* asks for the cluster before there is one.
 *
 * Camel tries ten times, five seconds apart, to start the route of a node that has become the leader, and then leaves it
 * at that. Here it goes on until the node before has let go of the session, however long that hangs.
 *
 * Properties    camel.beans.imCluster            the cluster service
 */
public class Cluster extends RouteBuilder {

    private static final long RETRY_MILLIS = 1000;

    @Override
    public void configure() throws Exception {
        CamelClusterService cluster = getContext().getRegistry()
                .lookupByNameAndType("imCluster", CamelClusterService.class);
        getContext().addService(cluster);
        MasterComponent master = new MasterComponent(getContext());
        master.setService(cluster);
        master.setBackOffDelay(RETRY_MILLIS);
        master.setBackOffMaxAttempts(Integer.MAX_VALUE);
        getContext().addComponent("master", master);
    }
}
