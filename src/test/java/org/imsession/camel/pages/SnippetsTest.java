package org.imsession.camel.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * What is fenced on the pages is what it looks like: Java compiles, and its routes are loaded by Camel, as are those in
 * XML and YAML; properties are bound, with an option that there is not as a failure; statements of SQL are understood
 * by a database that has the tables of the samples. Shell blocks are run by src/it/pages.
 */
class SnippetsTest {

    /** Named by their beginnings, with the reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of();
    private static final int MOST_EXCEPTIONS = 12;
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?class (\\w+)");
    /** Of the pom of a user. */
    private static final Pattern PROJECT_PARTS =
            Pattern.compile("\\s*<(?:dependency|project|plugin)\\b.*", Pattern.DOTALL);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> eachIsWhatItLooksLike() {
        return Page.all().stream().flatMap(page -> page.snippets().stream())
                .filter(each -> !EXCEPTIONS.containsKey(each.firstLine()))
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    @Test
    void theExceptionsAreFewAndThere() {
        List<String> beginnings = Page.all().stream().flatMap(page -> page.snippets().stream())
                .map(Snippet::firstLine).toList();
        assertThat(EXCEPTIONS).hasSizeLessThanOrEqualTo(MOST_EXCEPTIONS);
        assertThat(beginnings).containsAll(EXCEPTIONS.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = { "java:from(\"direct:a\").too(\"log:a\");",
            "java:from(\"imsession:alice?nonsense=1\").to(\"log:a\");",
            "xml:<route><from uri=\"imsession:alice?nonsense=1\"/><to uri=\"log:a\"/></route>",
            "xml:<routes><rout/></routes>",
            "yaml:- route: {from: {uri: 'imsession:alice?nonsense=1', steps: [{to: 'log:a'}]}}",
            "properties:camel.component.imsession.nonsense = 1", "properties:camel.main.nonsense = 1",
            "properties:management.nonsense = 1",
            "xml:<dependency><groupId>org.imsession</groupId></dependency>", "c:int i;",
            "sql:delete from im_event;" })
    void whatIsWrongIsFound(String wrong) {
        String[] parts = wrong.split(":", 2);
        Snippet snippet = new Snippet(Page.readme(), 1, parts[0], parts[1] + "\n", "");
        assertThatThrownBy(() -> check(snippet)).isInstanceOfAny(Exception.class, AssertionError.class);
    }

    private void check(Snippet snippet) throws Exception {
        switch (snippet.language()) {
            case "java" -> java(snippet);
            case "xml" -> xml(snippet);
            case "yaml" -> new Loaded(folder).routes("yaml", snippet.code());
            case "properties" -> {
                if (snippet.file().endsWith("agents.properties")) {
                    new Loaded(folder).team(snippet.code());
                } else {
                    new Loaded(folder).properties(snippet.code());
                }
            }
            case "sql" -> new Loaded(folder).statements(snippet.code());
            default -> assertThat(snippet.language()).as(snippet.toString()).isIn("sh", "karaf", "bat", "text");
        }
    }

    private void java(Snippet snippet) throws Exception {
        if (usersProject(each -> each.endsWith(".java")).contains(snippet.code())) {
            return; // compiled, and run, there
        }
        if (!snippet.file().isEmpty()) {
            Map<String, String> sources = snippet.page().snippets().stream()
                    .filter(each -> each.language().equals("java") && !each.file().isEmpty())
                    .collect(Collectors.toMap(each -> className(each.code()), Snippet::code));
            new Loaded(folder).compile(sources);
        }
        String imports = Page.manual("recipes").snippets().stream().map(Snippet::code)
                .filter(each -> each.startsWith("import io.micrometer")).findFirst().orElseThrow();
        String code = snippet.code();
        if (TYPE.matcher(code).find()) {
            if (code.contains("extends RouteBuilder")) {
                new Loaded(folder).routes("java", code);
            }
        } else if (code.equals(imports)) {
            new Loaded(folder).compile(Map.of("Imports", code + "class Imports { }\n"));
        } else {
            boolean beside = code.startsWith("@");
            new Loaded(folder).routes("java", imports + "public class Snippet extends RouteBuilder {\n"
                    + (beside ? code : "") + "@Override public void configure() {\n" + (beside ? "" : code) + "}\n}\n");
        }
    }

    private static String className(String code) {
        var type = TYPE.matcher(code);
        assertThat(type.find()).as(code).isTrue();
        return type.group(1);
    }

    private void xml(Snippet snippet) throws Exception {
        if (!PROJECT_PARTS.matcher(snippet.code()).matches()) {
            new Loaded(folder).routes("xml", snippet.code());
            return;
        }
        Document part = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader("<part>" + snippet.code() + "</part>")));
        String build = Files.readString(Path.of("pom.xml"))
                + Files.readString(Path.of("src/simulator/published/pom.xml")) + usersProject(each -> true);
        if (snippet.code().startsWith("<project")) {
            return; // src/it/pages builds with it
        }
        var artifacts = part.getElementsByTagName("artifactId");
        assertThat(artifacts.getLength()).isPositive();
        for (int i = 0; i < artifacts.getLength(); i++) {
            assertThat(build).contains("<artifactId>" + artifacts.item(i).getTextContent() + "</artifactId>");
        }
    }

    /** The projects that are built and tested with the jar. */
    private static String usersProject(Predicate<String> name) {
        List<Path> all = new ArrayList<>();
        for (String project : List.of("src/it/user", "src/it/spring-boot")) {
            try (Stream<Path> files = Files.walk(Path.of(project))) {
                files.filter(file -> file.toString().matches(".*(pom\\.xml|\\.java)") && name.test(file.toString()))
                        .forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.stream().map(each -> Page.of(each).text()).collect(Collectors.joining());
    }
}
