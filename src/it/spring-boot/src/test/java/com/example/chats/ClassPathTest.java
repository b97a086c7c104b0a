package com.example.chats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The component forces no second version of anything upon the application. */
class ClassPathTest {

    private static List<Path> jars() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> entry.endsWith(".jar")).map(Path::of).toList();
    }

    /** By group and artifact, for Jackson 2 and 3 stand side by side with Spring Boot 4. */
    @Test
    void noLibraryIsThereInTwoVersions() {
        Map<Path, Set<String>> versions = new HashMap<>();
        for (Path jar : jars()) {
            Path version = jar.getParent();
            versions.computeIfAbsent(version.getParent(), any -> new TreeSet<>()).add(version.getFileName().toString());
        }
        assertThat(versions).hasSizeGreaterThan(50).allSatisfy((name, all) -> assertThat(all).hasSize(1));
    }

    @Test
    void allOfJettyIsOfOneVersionAndAllOfCometD() {
        for (String library : List.of("org/eclipse/jetty", "org/cometd", "org/apache/camel/camel-")) {
            Set<String> versions = new TreeSet<>();
            jars().stream().filter(jar -> jar.toString().replace('\\', '/').contains("/" + library))
                    .filter(jar -> !jar.toString().contains("toolchain"))
                    .forEach(jar -> versions.add(jar.getParent().getFileName().toString()));
            assertThat(versions).as(library).hasSize(1);
        }
    }

    @Test
    void noClassOfTheComponentsLibrariesIsThereTwice() throws Exception {
        Map<String, List<Path>> owners = new HashMap<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class"))
                        .filter(name -> name.matches("org/(imsession|cometd|eclipse/jetty|slf4j)/.*|com/fasterxml/.*"))
                        .forEach(name -> owners.computeIfAbsent(name, any -> new ArrayList<>()).add(jar));
            }
        }
        assertThat(owners).hasSizeGreaterThan(1000).allSatisfy((name, jars) -> assertThat(jars).hasSize(1));
    }
}
