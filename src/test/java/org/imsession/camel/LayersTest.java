package org.imsession.camel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder is a role, and arrows between folders go down only; in the root, classes stand in no large circle. */
class LayersTest {

    private static final Logger LOG = LoggerFactory.getLogger(LayersTest.class);
    private static final String ROOT = "org.imsession.camel";
    private static final int MOST_ROOT_CLASSES = 18;
    /** Camel's own four, each of which makes or knows the next, and what hears the bundle stop. */
    private static final int LARGEST_CIRCLE = 5;

    /** From the top; what stands side by side does not know each other. */
    private static final List<Set<String>> FLOORS = List.of(Set.of("springboot", "conversation.form",
            "conversation.route", "check", "live"),
            Set.of("conversation"), Set.of("root"), Set.of("monitor"),
            Set.of("cluster"), Set.of("fleet"), Set.of("operation"), Set.of("feed"),
            Set.of("position", "recovery", "channel", "status"), Set.of("bayeux"),
            Set.of("event", "gws", "store", "directory"), Set.of("spi", "threads", "converter", "transformer"),
            Set.of("json", "text", "files", "options", "osgi"), Set.of("model"));
    /** Rooms that not everybody above may enter. */
    private static final Map<String, Set<String>> VISITORS = Map.of("root", Set.of("springboot", "conversation", "live"),
            "monitor", Set.of("root", "live"), "cluster", Set.of("root", "monitor"), "options", Set.of("root",
            "springboot", "directory"),
            "feed", Set.of("root", "fleet", "operation"), "osgi", Set.of("root"), "store", Set.of("root"),
            "directory", Set.of("root"), "converter", Set.of(),
            "transformer", Set.of());
    private static final Set<String> CAMEL = Set.of("springboot", "conversation", "conversation.form", "live",
            "conversation.route", "root", "monitor", "cluster", "options", "store",
            "converter", "transformer", "directory");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (!(name + ".").startsWith(ROOT + ".")) {
            return "";
        }
        return name.equals(ROOT) ? "root" : name.substring(ROOT.length() + 1);
    }

    private static int floor(String room) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(room)) {
                return floor;
            }
        }
        throw new AssertionError("the room " + room + " has no floor; say where it is");
    }

    private List<Dependency> betweenRooms(Predicate<Dependency> which) {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(each -> (each.getTargetClass().getPackageName() + ".").startsWith(ROOT + "."))
                .filter(each -> !room(each.getOriginClass()).equals(room(each.getTargetClass()))).filter(which)
                .filter(each -> !isNamedToJackson(each)).toList();
    }

    /** An annotation that names who writes and reads a type is no code: without Jackson, there is nothing in it. */
    private static boolean isNamedToJackson(Dependency each) {
        return each.getTargetClass().isAnnotatedWith(JacksonAnnotationsInside.class);
    }

    @Test
    void arrowsGoDownOnly() {
        assertThat(betweenRooms(each -> floor(room(each.getOriginClass())) >= floor(room(each.getTargetClass()))))
                .isEmpty();
    }

    @Test
    void roomsAreEnteredByThoseOnlyWhoNeedThem() {
        assertThat(betweenRooms(each -> !VISITORS.getOrDefault(room(each.getTargetClass()),
                Set.of(room(each.getOriginClass()))).contains(room(each.getOriginClass())))).isEmpty();
    }

    @Test
    void eachFloorIsThere() {
        assertThat(FLOORS.stream().flatMap(Set::stream).collect(Collectors.toSet()))
                .isEqualTo(CLASSES.stream().map(LayersTest::room).collect(Collectors.toSet()));
    }

    @Test
    void camelIsKnownToTheRoomsOnlyThatAreMadeForIt() {
        assertThat(CLASSES.stream().filter(type -> !CAMEL.contains(room(type)))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(each -> each.getTargetClass().getPackageName().startsWith("org.apache.camel"))).isEmpty();
    }

    @Test
    void theCoreKnowsNothingOfConversations() {
        noClasses().that().resideOutsideOfPackage("..camel.conversation..")
                .should().dependOnClassesThat().resideInAPackage("..camel.conversation..").check(CLASSES);
    }

    @Test
    void nobodyKnowsTheLivePage() {
        noClasses().that().resideOutsideOfPackage("..camel.live..")
                .should().dependOnClassesThat().resideInAnyPackage("..camel.live..", "org.apache.camel.component..",
                        "org.cometd.server..", "org.cometd.bayeux.server..").check(CLASSES);
    }

    @Test
    void springIsKnownToTheAutoConfigurationOnly() {
        noClasses().that().resideOutsideOfPackage("..camel.springboot..")
                .should().dependOnClassesThat().resideInAPackage("org.springframework..").check(CLASSES);
    }

    @Test
    void theModelDependsOnTheJdkAndAnnotationsOnly() {
        assertThat(CLASSES.stream().filter(type -> room(type).equals("model"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(each -> !each.getTargetClass().getPackageName().startsWith("java."))
                .filter(each -> !room(each.getOriginClass()).equals(room(each.getTargetClass())))
                .filter(each -> !each.getTargetClass().isAnnotation())).isEmpty();
    }

    @Test
    void theSimulatorStandsAlone() {
        noClasses().that().resideInAPackage("org.imsession.simulator..")
                .should().dependOnClassesThat().resideInAnyPackage("org.imsession.camel..", "org.apache.camel..")
                .check(new ClassFileImporter().importPackages("org.imsession.simulator"));
    }

    /** A packages' circle is seen by arrowsGoDownOnly; this is about classes that cannot be read one by one. */
    @Test
    void theRootIsSmallAndTiedInNoLargeCircle() {
        Map<String, Set<String>> arrows = rootArrows();
        Set<String> circle = arrows.keySet().stream().map(from -> circle(from, arrows))
                .max((one, other) -> Integer.compare(one.size(), other.size())).orElseThrow();
        LOG.info("classes in the root: {} {}", arrows.size(), arrows.keySet());
        LOG.info("largest circle of classes in the root: {} {}", circle.size(), circle);
        assertThat(arrows.keySet()).hasSizeLessThanOrEqualTo(MOST_ROOT_CLASSES);
        assertThat(circle).hasSizeLessThanOrEqualTo(LARGEST_CIRCLE);
    }

    /** Which top-level class of the root knows which; what Camel's plugin writes is not counted. */
    private Map<String, Set<String>> rootArrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            if (isOfRoot(type)) {
                Set<String> known = arrows.computeIfAbsent(top(type), name -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass)
                        .map(JavaClass::getBaseComponentType).filter(LayersTest::isOfRoot).map(LayersTest::top)
                        .filter(name -> !name.equals(top(type))).forEach(known::add);
            }
        }
        return arrows;
    }

    private static boolean isOfRoot(JavaClass type) {
        return type.getPackageName().equals(ROOT) && !type.getSimpleName().equals("package-info")
                && !top(type).matches(".*(Configurer|UriFactory)");
    }

    private static String top(JavaClass type) {
        String name = type.getName().substring(ROOT.length() + 1);
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    /** Those that can be reached from the class and can reach it; itself at least. */
    private static Set<String> circle(String from, Map<String, Set<String>> arrows) {
        Set<String> circle = reached(from, arrows).stream().filter(each -> reached(each, arrows).contains(from))
                .collect(Collectors.toCollection(TreeSet::new));
        circle.add(from);
        return circle;
    }

    private static Set<String> reached(String from, Map<String, Set<String>> arrows) {
        Set<String> reached = new TreeSet<>();
        List<String> next = List.copyOf(arrows.get(from));
        while (!next.isEmpty()) {
            next = next.stream().filter(reached::add).flatMap(each -> arrows.get(each).stream()).distinct().toList();
        }
        return reached;
    }
}
