import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.master.MasterComponent;

/**
 * Makes the bean imCluster the cluster of the component master:. In Camel Main this cannot be done by properties alone:
 * camel.component.master.* asks for the cluster before there is one.
 *
 * Properties    camel.beans.imCluster            the cluster service
 */
public class Cluster extends RouteBuilder {

    @Override
    public void configure() throws Exception {
        CamelClusterService cluster = getContext().getRegistry()
                .lookupByNameAndType("imCluster", CamelClusterService.class);
        getContext().addService(cluster);
        MasterComponent master = new MasterComponent(getContext());
        master.setService(cluster);
        getContext().addComponent("master", master);
    }
}
