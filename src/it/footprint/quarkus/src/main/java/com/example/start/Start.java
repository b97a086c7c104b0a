package com.example.start;

import com.sun.management.OperatingSystemMXBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;

/** One route on Quarkus, from the given address; prints how long the start took since the JVM began, and ends. */
@ApplicationScoped
public class Start extends RouteBuilder {

    @Override
    public void configure() {
        from("{{address}}").log("received");
    }

    void tell(@Observes CamelContextStartedEvent started) {
        long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        System.out.println("started=" + ManagementFactory.getRuntimeMXBean().getUptime() + " cpu=" + cpu);
        Runtime.getRuntime().halt(0);
    }
}
