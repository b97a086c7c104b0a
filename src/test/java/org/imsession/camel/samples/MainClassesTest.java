package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imsession.camel.pages.Page;
import org.junit.jupiter.api.Test;

/** What Maven starts by a printed command (exec:java) can be started: there, public, with a public main. */
class MainClassesTest {

    private static final Pattern STARTED = Pattern.compile("(?:<exec\\.mainClass>|<mainClass>|-Dexec\\.mainClass=)([a-z][\\w.]+)");

    @Test
    void eachPrintedCommandFindsItsMainClass() throws Exception {
        List<String> started = Stream.concat(Stream.of(Files.readString(Path.of("pom.xml"))),
                Page.all().stream().map(Page::text)).flatMap(MainClassesTest::startedIn).distinct().toList();
        assertThat(started).hasSizeGreaterThan(5);
        for (String name : started) {
            Class<?> type = Class.forName(name, false, getClass().getClassLoader());
            Method main = type.getMethod("main", String[].class);
            assertThat(Modifier.isPublic(type.getModifiers()) && Modifier.isStatic(main.getModifiers())).as(name).isTrue();
        }
    }

    private static Stream<String> startedIn(String text) {
        return STARTED.matcher(text).results().map(each -> each.group(1));
    }
}
