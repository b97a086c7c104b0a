package org.imsession.camel.springboot;

import java.util.List;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PropertyBindingSupport;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.options.SecretValue;
import org.springframework.core.env.Environment;

/** Sets the options of a component when it has been created, by its generated configurer. */
final class OptionsCustomizer implements ComponentCustomizer {

    private final Environment environment;

    OptionsCustomizer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof IMSessionComponent && new EnvironmentOptions(environment, name).enabled();
    }

    @Override
    public void configure(String name, Component target) {
        EnvironmentOptions options = new EnvironmentOptions(environment, name);
        if (options.present()) { // the names of all options are read for them only
            options.settings(new OptionNames()).forEach(setting -> set(setting, target));
        }
    }

    private static void set(Setting setting, Component target) {
        try {
            if (setting.isPassword()) { // Camel's binding would change it
                target.getComponentPropertyConfigurer().configure(target.getCamelContext(), target, setting.key(),
                        new SecretValue(target.getCamelContext()).of(setting.key(), setting.value()), true);
                return;
            }
            PropertyBindingSupport.build().withCamelContext(target.getCamelContext()).withTarget(target)
                    .withConfigurer(target.getComponentPropertyConfigurer()).withIgnoreCase(true).withMandatory(true)
                    .withProperty(setting.key(), setting.value()).bind();
        } catch (RuntimeException e) {
            throw refused(setting, e);
        }
    }

    /** Camel's messages quote the value, so they are passed on only if it may be shown. */
    private static RefusedOptionException refused(Setting setting, RuntimeException failure) {
        if (!setting.mayBeShown()) {
            return new RefusedOptionException(List.of(setting.described() + " cannot be set to this value"));
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new RefusedOptionException(List.of(setting.described() + " cannot be set to " + setting.value() + ": "
                + root.getMessage()));
    }
}
