package org.imsession.camel.bench;

import org.apache.camel.impl.DefaultCamelContext;

/** What both Camel contexts under test have in common. */
final class CamelSettings {

    private CamelSettings() {
    }

    /** Without JMX, whose counters are not what is to be measured, unless {@code -Dbench.jmx=true}. */
    static void apply(DefaultCamelContext context) {
        if (!Boolean.getBoolean("bench.jmx")) {
            context.disableJMX();
        }
        context.getShutdownStrategy().setTimeout(5);
    }
}
