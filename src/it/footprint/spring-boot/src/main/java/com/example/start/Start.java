package com.example.start;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** One route on Spring Boot, from the given address; prints how long the start took since the JVM began, and ends. */
@SpringBootApplication
public class Start {

    public static void main(String[] args) {
        SpringApplication.run(Start.class, args);
    }

    @Bean
    RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("{{address}}").log("received");
            }
        };
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        System.out.println("started=" + ManagementFactory.getRuntimeMXBean().getUptime() + " cpu=" + cpu);
        Runtime.getRuntime().halt(0);
    }
}
