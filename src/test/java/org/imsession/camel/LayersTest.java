package org.imsession.camel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A folder is a role, and arrows between folders go down only. */
class LayersTest {

    private static final String[] BELOW_CAMEL = { "..camel.osgi..", "..camel.operation..", "..camel.feed..",
        "..camel.position..", "..camel.threads..", "..camel.bayeux..", "..camel.gws..", "..camel.json..",
        "..camel.model.." };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.imsession.camel");

    @Test
    void arrowsGoDownOnly() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("springboot").definedBy("..camel.springboot..")
                .layer("camel").definedBy("org.imsession.camel")
                .layer("monitor").definedBy("..camel.monitor..")
                .layer("cluster").definedBy("..camel.cluster..")
                .layer("options").definedBy("..camel.options..")
                .layer("converter").definedBy("..camel.converter..")
                .layer("fleet").definedBy("..camel.fleet..")
                .layer("osgi").definedBy("..camel.osgi..")
                .layer("operation").definedBy("..camel.operation..")
                .layer("feed").definedBy("..camel.feed..")
                .layer("position").definedBy("..camel.position..")
                .layer("bayeux").definedBy("..camel.bayeux..")
                .layer("gws").definedBy("..camel.gws..")
                .layer("threads").definedBy("..camel.threads..")
                .layer("json").definedBy("..camel.json..")
                .layer("model").definedBy("..camel.model..")
                .whereLayer("springboot").mayNotBeAccessedByAnyLayer()
                .whereLayer("camel").mayOnlyBeAccessedByLayers("springboot")
                .whereLayer("monitor").mayOnlyBeAccessedByLayers("camel")
                .whereLayer("cluster").mayOnlyBeAccessedByLayers("camel", "monitor")
                .whereLayer("options").mayOnlyBeAccessedByLayers("camel", "springboot")
                .whereLayer("converter").mayOnlyBeAccessedByLayers("camel")
                .whereLayer("fleet").mayOnlyBeAccessedByLayers("camel", "converter", "monitor",
                        "cluster")
                .whereLayer("osgi").mayOnlyBeAccessedByLayers("camel")
                .whereLayer("operation").mayOnlyBeAccessedByLayers("camel", "converter", "fleet")
                .whereLayer("feed").mayOnlyBeAccessedByLayers("camel", "converter", "monitor", "fleet", "operation")
                .whereLayer("position").mayOnlyBeAccessedByLayers("camel", "fleet", "feed")
                .whereLayer("bayeux").mayOnlyBeAccessedByLayers("camel", "converter", "fleet", "operation", "feed",
                        "position")
                .whereLayer("gws").mayOnlyBeAccessedByLayers("camel", "converter", "fleet", "operation", "feed",
                        "bayeux")
                .whereLayer("threads").mayOnlyBeAccessedByLayers("camel", "fleet", "operation", "feed", "position",
                        "bayeux", "gws")
                .whereLayer("json").mayOnlyBeAccessedByLayers("camel", "converter", "fleet", "operation", "feed",
                        "position", "bayeux", "gws")
                .check(classes);
    }

    @Test
    void whatLiesBelowKnowsNothingOfCamel() {
        noClasses().that().resideInAnyPackage(BELOW_CAMEL)
                .should().dependOnClassesThat().resideInAPackage("org.apache.camel..").check(classes);
    }

    @Test
    void springIsKnownToTheAutoConfigurationOnly() {
        noClasses().that().resideOutsideOfPackage("..camel.springboot..")
                .should().dependOnClassesThat().resideInAPackage("org.springframework..").check(classes);
    }

    @Test
    void theModelDependsOnTheJdkOnly() {
        noClasses().that().resideInAPackage("..camel.model..")
                .should().dependOnClassesThat().resideOutsideOfPackages("java..", "..camel.model..").check(classes);
    }

    @Test
    void theSimulatorStandsAlone() {
        noClasses().that().resideInAPackage("org.imsession.simulator..")
                .should().dependOnClassesThat().resideInAnyPackage("org.imsession.camel..", "org.apache.camel..")
                .check(new ClassFileImporter().importPackages("org.imsession.simulator"));
    }
}
