package org.imsession.camel.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.camel.store.LineFiles;

/** A context that gets what is printed, and what pages say to set beside it; nothing is followed. */
final class Loaded {

    private static final String SPRING = "management.";

    private final Path folder;

    Loaded(Path folder) {
        this.folder = folder;
    }

    /** Loads routes, and makes their endpoints. */
    void routes(String language, String code) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            prepare(context);
            IMSessionComponent component = context.getComponent("imsession", IMSessionComponent.class);
            if (!code.contains("serverUrl")) { // as the pages say, it is set for the component
                component.getConfiguration().setServerUrl("https://127.0.0.1");
                component.getConfiguration().setPasswordFile(folder.resolve("alice").toString());
            }
            context.setAutoStartup(false);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(
                    (code.contains("class Snippet") ? "Snippet." : "Chats.") + language, code));
            context.start();
            if (code.contains("from")) {
                assertThat(context.getRoutes()).isNotEmpty();
            }
        }
    }

    private void prepare(CamelContext context) throws IOException {
        context.getPropertiesComponent().setInitialProperties(filled());
        context.addComponent("jms", JmsComponent.jmsComponent(new ActiveMQConnectionFactory("vm://none?create=false")));
        context.getRegistry().bind("meters", new SimpleMeterRegistry());
        FilePositionRepository sessions = new FilePositionRepository();
        sessions.setFolder(folder.resolve("sessions").toString());
        context.getRegistry().bind("imSessions", sessions);
        LineFiles lines = new LineFiles();
        lines.setFolder(folder.resolve("lines").toString());
        context.getRegistry().bind("lines", lines);
    }

    private Properties filled() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("gws.url", "https://127.0.0.1");
        properties.setProperty("gws.user", "alice");
        properties.setProperty("gws.password", "secret");
        properties.setProperty("alice.password.file", Files.writeString(
                folder.resolve("alice"), "secret\n").toString());
        properties.setProperty("camel.kamelet.im-source.serverUrl", "https://127.0.0.1");
        properties.setProperty("camel.kamelet.im-source.stateDirectory", folder.resolve("sessions").toString());
        return properties;
    }

    /** Binds them as Camel Main does, which refuses what is no option. */
    void properties(String code) throws Exception {
        Properties printed = read(code);
        List<String> spring = printed.stringPropertyNames().stream().filter(each -> each.startsWith(SPRING)).toList();
        if (!spring.isEmpty()) {
            Properties application = read(Files.readString(
                    Path.of("src/it/spring-boot/src/main/resources/application.properties")));
            assertThat(application.stringPropertyNames()).containsAll(spring);
        }
        Properties all = new Properties();
        boolean samples = code.contains("camel.route-template");
        if (samples) {
            all.putAll(read(Files.readString(Path.of("routes/application.properties"))));
            all.putAll(read(Files.readString(Path.of("routes/cluster/files.properties"))));
            all.setProperty("camel.main.routes-include-pattern",
                    "file:routes/xml/split.xml,file:routes/cluster/*.java");
            all.setProperty("camel.beans.imSessions.folder", folder.resolve("sessions").toString());
        }
        all.setProperty("im.observe", "false");
        all.putAll(printed);
        all.keySet().removeAll(spring);
        all.replaceAll((name, value) -> filled((String) value));
        all.setProperty("camel.main.autoStartup", "false");
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(all);
        try {
            main.start();
        } finally {
            main.stop();
        }
    }

    private String filled(String value) {
        return value.replaceAll("\\{\\{env:[^}]*}}", "secret")
                .replace("file:ca.p12", "file:" + folder.resolve("ca.p12"))
                .replaceAll("^data/", folder.toString() + "/")
                .replaceAll("com\\.example\\.chats", "org.imsession.none");
    }

    /** Runs them in a database with the tables of the samples, and nothing in them. */
    void statements(String code) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                + "INIT=RUNSCRIPT FROM 'routes/sql/h2.sql'"); Statement statement = connection.createStatement()) {
            for (String each : code.split(";\\n")) {
                statement.execute(each);
            }
        }
    }

    private static Properties read(String code) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(code));
        return properties;
    }

    /** Starts to follow a team of which nothing has to be looked up. */
    void team(String code) throws Exception {
        Path file = Files.createFile(folder.resolve("agents.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, code);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            prepare(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("imsession:team?serverUrl=http://127.0.0.1:1&agents=file:" + file).routeId("team")
                            .to("mock:team");
                }
            });
            context.start();
            assertThat(context.getRouteController().getRouteStatus("team").isStarted()).isTrue();
        }
    }

    /** @param sources by the names of their classes */
    void compile(Map<String, String> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, code) -> files.add(new SimpleJavaFileObject(URI.create("memory:///" + name + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        }));
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(problems, null, null)) {
            manager.setLocation(StandardLocation.CLASS_OUTPUT,
                    List.of(Files.createDirectories(folder.resolve("out")).toFile()));
            List<String> options = List.of("-proc:none", "-cp", System.getProperty("surefire.test.class.path",
                    System.getProperty("java.class.path")));
            assertThat(compiler.getTask(null, manager, problems, options, null, files).call())
                    .as(problems.getDiagnostics().toString()).isTrue();
        }
    }
}
