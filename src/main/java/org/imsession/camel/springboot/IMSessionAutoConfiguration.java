package org.imsession.camel.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for Camel Spring Boot; takes effect by being on the class path. {@code enabled} and
 * {@code customizer.enabled} below {@code camel.component.imsession} or {@code camel.component} switch it off, as with
 * Camel's own starters.
 */
@AutoConfiguration(afterName = IMSessionAutoConfiguration.CAMEL)
@ConditionalOnBean(type = IMSessionAutoConfiguration.CAMEL)
public class IMSessionAutoConfiguration {

    static final String CAMEL = "org.apache.camel.spring.boot.CamelAutoConfiguration";
    private static final String SCHEME = "imsession";

    /**
     * Sets the options of each component of this kind when it is created.
     *
     * @param environment where the options are
     * @return the customizer
     */
    @Bean
    public ComponentCustomizer imsessionOptions(Environment environment) {
        return new OptionsCustomizer(environment);
    }

    /**
     * Creates the component at once if it has options, so that a wrong one is refused at the start even where no route
     * needs the component yet; Camel Main does the same.
     *
     * @param context     the context of the application
     * @param environment where the options are
     * @return what Spring calls when all beans are there and no route has been started
     */
    @Bean
    public SmartInitializingSingleton imsessionOptionsCheck(CamelContext context, Environment environment) {
        return () -> {
            if (new EnvironmentOptions(environment, SCHEME).present()) {
                context.getComponent(SCHEME, true, false);
            }
        };
    }
}
