package com.example.start;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Starts Camel Main with one route from the given address, prints how long that took since the JVM began, and ends. */
public final class Start {

    private Start() {
    }

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(args[0]).to("direct:sink");
                from("direct:sink").log("received");
            }
        });
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
                System.out.println("started=" + ManagementFactory.getRuntimeMXBean().getUptime() + " cpu=" + cpu);
                main.completed();
            }
        });
        main.run();
    }
}
