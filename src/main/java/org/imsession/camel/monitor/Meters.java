package org.imsession.camel.monitor;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.imsession.camel.fleet.FollowedTeam;

/** Where a consumer is measured, if anywhere; without a class of Micrometer's, which need not be there. */
public interface Meters extends AutoCloseable {

    /** Measures nothing. */
    Meters NONE = new Meters() {
        @Override
        public void agents(Set<String> names) {
            // not measured
        }

        @Override
        public void close() {
            // nothing to close
        }
    };

    /** The meters of a consumer, if Micrometer is there and a registry of it is in the Camel registry. */
    static Meters of(CamelContext context, FollowedTeam followed) {
        try {
            Class.forName("io.micrometer.core.instrument.MeterRegistry", false, Meters.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return NONE;
        }
        return TeamMeters.of(context, followed);
    }

    /** Who is measured by name from now on. */
    void agents(Set<String> names);

    @Override
    void close();
}
