package org.imsession.camel.conversation.route;

import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Closes something, such as a pool of connections, when Camel stops and no route needs it any more: beans of
 * {@code camel.beans} have no way to say so. As a bean:
 *
 * <pre>
 * camel.beans.poolEnd = #class:org.imsession.camel.conversation.route.ClosedAtStop
 * camel.beans.poolEnd.resource = #bean:pool
 * </pre>
 */
public class ClosedAtStop extends ServiceSupport implements CamelContextAware {

    private CamelContext camelContext;
    private AutoCloseable resource;

    /** @param resource what to close; not {@code null} */
    public void setResource(AutoCloseable resource) {
        this.resource = Objects.requireNonNull(resource, "resource");
    }

    public AutoCloseable getResource() {
        return resource;
    }

    /** From now on it is a service of this Camel, which stops its services behind its routes. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        boolean known = this.camelContext == camelContext;
        this.camelContext = camelContext;
        if (!known) { // for a service is told of its Camel, too
            try {
                camelContext.addService(this);
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    /** @throws Exception if it cannot be closed; Camel logs that and goes on */
    @Override
    protected void doStop() throws Exception {
        if (resource != null) {
            resource.close();
        }
    }
}
