package com.example.start;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** One route on Camel Main, from the given address; prints how long the start took since the JVM began, and ends. */
public final class Start extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new Start());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
                System.out.println("started=" + ManagementFactory.getRuntimeMXBean().getUptime() + " cpu=" + cpu);
                Runtime.getRuntime().halt(0);
            }
        });
        main.run();
    }

    @Override
    public void configure() {
        from("{{address}}").log("received");
    }
}
