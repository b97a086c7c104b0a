package org.imsession.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says which way an event takes says what the code does. */
class RoadTest {

    private static final Path PAGE = Path.of("src/main/java/org/imsession/camel/feed/package-info.java");
    private static final Pattern ARROW = Pattern.compile("(\\w+)\\.(\\w+) -> (\\w+)\\.(\\w+)");
    private static final int STEPS = 10;
    /** The step in which an exchange has ended, counted from 0. */
    private static final int ENDED = 6;
    private static final int MOST_CLASSES_BACK = 6;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.imsession.camel");

    private record Arrow(String from, String calling, String to, String called) {
    }

    private static List<String> steps() throws Exception {
        String page = Files.readString(PAGE);
        String list = page.substring(page.indexOf("<ol>"), page.indexOf("</ol>"));
        return Arrays.stream(list.replaceAll("\\s*\\n \\*\\s*", " ").split("<li>")).skip(1).toList();
    }

    private static List<Arrow> arrows(List<String> steps) {
        return steps.stream().flatMap(step -> ARROW.matcher(step).results())
                .map(found -> new Arrow(found.group(1), found.group(2), found.group(3), found.group(4))).toList();
    }

    private static String top(JavaClass type) {
        return type.getEnclosingClass().map(RoadTest::top).orElse(type.getSimpleName());
    }

    private static boolean isCall(JavaAccess<?> call, Arrow arrow) {
        return call.getOrigin().getName().equals(arrow.calling()) && call.getName().equals(arrow.called())
                && call.getTargetOwner().getSimpleName().equals(arrow.to());
    }

    private static Stream<JavaAccess<?>> calls(JavaClass type) {
        return Stream.concat(type.getAccessesFromSelf().stream(), type.getMethodReferencesFromSelf().stream());
    }

    @Test
    void eachStepOfTheWayOfAnEventIsACall() throws Exception {
        List<String> steps = steps();
        assertThat(steps).hasSize(STEPS);
        assertThat(steps).allSatisfy(step -> assertThat(arrows(List.of(step))).isNotEmpty());
        assertThat(arrows(steps)).allSatisfy(arrow -> assertThat(CLASSES.stream()
                .filter(type -> top(type).equals(arrow.from())).flatMap(RoadTest::calls))
                .as(arrow.toString()).anyMatch(call -> isCall(call, arrow)));
    }

    @Test
    void theWayBackHasNoHoles() throws Exception {
        List<Arrow> back = arrows(steps().subList(ENDED, STEPS));
        Set<String> reached = new HashSet<>(Set.of(back.get(0).from()));
        for (Arrow arrow : back) {
            assertThat(reached).as(arrow.toString()).contains(arrow.from());
            CLASSES.stream().filter(type -> isOrImplements(type, arrow.to())).map(RoadTest::top).forEach(reached::add);
        }
    }

    private static boolean isOrImplements(JavaClass type, String name) {
        return type.getSimpleName().equals(name)
                || type.getAllRawInterfaces().stream().anyMatch(each -> each.getSimpleName().equals(name));
    }

    /** From the ended exchange to the acknowledgement. */
    @Test
    void theWayOfAnAcknowledgementPassesSixClassesAtMost() throws Exception {
        List<String> classes = arrows(steps().subList(ENDED, STEPS)).stream().map(Arrow::from).distinct().toList();
        assertThat(classes).as("classes on the way back").hasSizeLessThanOrEqualTo(MOST_CLASSES_BACK);
    }
}
