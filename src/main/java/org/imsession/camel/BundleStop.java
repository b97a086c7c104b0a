package org.imsession.camel;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.imsession.camel.model.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a component whose classes go while its Camel context goes on, as in Karaf when the jar is replaced. Its
 * routes are stopped, so that each session on the server is ended, or left to be resumed; and the component leaves the
 * context, so that whoever names it next gets the one of the new jar.
 */
final class BundleStop {

    private static final Logger LOG = LoggerFactory.getLogger(BundleStop.class);

    private final IMSessionComponent component;
    private final CamelContext camel;

    BundleStop(IMSessionComponent component) {
        this.component = component;
        this.camel = component.getCamelContext();
    }

    /** @param consumers those that run */
    void leave(List<IMSessionConsumer> consumers) {
        Set<String> routes = new TreeSet<>();
        for (IMSessionConsumer consumer : consumers) {
            if (consumer.getRouteId() != null && camel.getRoute(consumer.getRouteId()) != null) {
                routes.add(consumer.getRouteId());
            }
        }
        LOG.warn("IMS-020 The bundle of camel-imsession stops, and with it the routes {} of {}. They run again when the"
                + " bundle of the routes is started again, after this one", routes, camel.getName());
        routes.forEach(this::stopRoute);
        consumers.forEach(this::stop); // those of a poll or a cluster have no route of their own
        for (String name : camel.getComponentNames()) {
            if (camel.hasComponent(name) == component) {
                camel.removeComponent(name);
            }
        }
        component.stop();
    }

    private void stopRoute(String id) {
        try {
            camel.getRouteController().stopRoute(id); // what is under way may end, as long as the context allows
        } catch (Exception e) {
            LOG.warn("IMS-902 The route {} did not stop: {}", id, LogText.escape(e.toString()));
        }
    }

    private void stop(IMSessionConsumer consumer) {
        try {
            consumer.stop();
        } catch (RuntimeException e) {
            LOG.warn("IMS-902 The consumer of agent {} did not stop: {}", consumer.getEndpoint().getAgent(),
                    LogText.escape(e.toString()));
        }
    }
}
