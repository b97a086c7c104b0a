package org.imsession.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model carries annotations of Jackson, and needs nothing of it. */
class ModelWithoutJacksonTest {

    private static final Path CLASSES = Path.of("target/classes");

    /** Has the JDK and the model, and nothing else. */
    private static URLClassLoader alone() throws IOException {
        return new URLClassLoader(new URL[] {CLASSES.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    static List<String> types() throws IOException {
        try (Stream<Path> files = Files.list(CLASSES.resolve("org/imsession/camel/model"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith("package-info"))
                    .map(name -> "org.imsession.camel.model." + name.replace(".class", "")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachTypeLoadsAndCanBeLookedAt(String name) throws Exception {
        try (URLClassLoader alone = alone()) {
            Class<?> type = Class.forName(name, true, alone);
            assertThat(type.getAnnotations()).noneMatch(each -> each.toString().contains("jackson"));
            assertThat(type.getDeclaredMethods()).isNotNull();
            assertThat(type.getDeclaredConstructors()).isNotNull();
        }
    }

    /** {@code javac -Xlint:all} warns of an annotation with members whose class is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"model.IMSessionNotification", "model.IMSession", "model.Participant",
        "model.IMSessionRequest", "conversation.IMConversation"})
    void aProgramIsCompiledAgainstATypeWithoutAWarning(String name, @TempDir Path folder) throws Exception {
        Path program = Files.writeString(folder.resolve("Program.java"),
                "class Program { String of(org.imsession.camel." + name + " value) { return value.toString(); } }");
        StringWriter output = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler().getTask(output, null, null,
                List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", CLASSES.toString(), "-d", folder.toString()),
                null, List.of(new Source(program))).call();
        assertThat(output.toString()).isEmpty();
        assertThat(compiled).isTrue();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final Path file;

        Source(Path file) {
            super(file.toUri(), Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean lax) throws IOException {
            return Files.readString(file);
        }
    }

    @Test
    void aMessageCanBeMadeAndRead() throws Exception {
        try (URLClassLoader alone = alone()) {
            assertThatThrownBy(() -> alone.loadClass("com.fasterxml.jackson.databind.annotation.JsonSerialize"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> types = Class.forName("org.imsession.camel.model.NotificationType", true, alone);
            Object message = Class.forName("org.imsession.camel.model.IMLogUpdateMessage", true, alone)
                    .getConstructors()[0].newInstance(types.getMethod("of", String.class).invoke(null, "NewMessage"),
                            "NewMessage", "/im-sessions/7", "Hi", Map.of("a", List.of(1)), "");
            assertThat(message.getClass().getMethod("sessionId").invoke(message)).isEqualTo("7");
            assertThat(message).hasToString("IMLogUpdateMessage[notificationType=NewMessage, sessionId=7, message of 2"
                    + " characters]");
        }
    }
}
