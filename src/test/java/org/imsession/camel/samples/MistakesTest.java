package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.options.SettingsFiles;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does wrong with the sample settings is told in one line that says what to do. */
class MistakesTest {

    private static final String AGENT = "camel.route-template[im-agent].";

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");

    @RegisterExtension
    final LogLines log = new LogLines();

    @TempDir
    Path folder;

    /** A setting, its wrong value, and what is told; FILE is a file, NOWHERE nothing, in a folder of the test. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AGENT.passwordProperty | s3cr3t-VALUE | password names no property that is there; give the name of the
            AGENT.passwordProperty | im.pasword | did you mean im.password?
            im.password | {{env:IMSESSION_NOT_SET}} | password: the environment variable IMSESSION_NOT_SET is not
            im.server | {{env:IMSESSION_NOT_SET}} | env:IMSESSION_NOT_SET
            im.server | {{env:IMSESSION_NOT_SET:}} | set the variable it is taken from (IMSESSION_SERVER
            AGENT.agent | {{env:IMSESSION_NOT_SET:}} | set the variable that names the agent (IMSESSION_USER
            camel.component.imsession.request-timeout | soon | imsession.request-timeout: requestTimeout=soon cannot be
            camel.component.imsession.maxPending | 0 | imsession.maxPending: maxPending=0 is out of bounds
            camel.component.imsession.ack-failed | nope | imsession.ack-failed: ackFailed=nope cannot be read; give true
            im.password | {{s3cr3t-VALUE}} | password names no property that is there
            im.password | '' | The option password is empty for agent alice
            im.state-dir | FILE | cannot be made: it is a file, or a link to none; move that away
            im.state-dir | FILE/sessions | is a file, or a link to none; move that away
            im.file.dir | FILE | cannot be made: it is a file, or a link to none; move that away
            AGENT.login | agents=file:NOWHERE | does not exist; make it, or correct its name
            AGENT.login | agents=NOWHERE | write file: in front
            AGENT.login | passwordFile=NOWHERE&operation=sendMesage | There is no operation sendMesage; there are
            AGENT.login | password=x&requestTimeout=soon | requestTimeout=soon cannot be read; give a duration
            AGENT.login | password=x&maxPending=0 | maxPending=0 is out of bounds
            AGENT.login | password=x&metersPerAgent=1 | metersPerAgent=1 cannot be read; give true or false
            AGENT.login | password=x&acknowlege=true | did you mean acknowledge?
            AGENT.login | password=x&credentials=#nobody | No bean could be found in the registry for: nobody
            AGENT.login | password=x&passwordFile=FILE | password and passwordFile are both set
            im.server | gws.example.com | does not begin with http
            im.server | http://127.0.0.1/api/v2 | has the path of the API in it
            im.server | http://127.0.0.1:99999 | which is not from 1 to 65535
            """)
    void isTold(String setting, String wrong, String told) throws Exception {
        Files.createFile(folder.resolve("a-file"));
        Map<String, String> settings = new HashMap<>();
        settings.put(setting.replace("AGENT.", AGENT), wrong.replace("FILE", folder.resolve("a-file").toString())
                .replace("NOWHERE", folder.resolve("nowhere").toString()));
        Throwable failure = refused(settings);
        // Camel says first which bean it is that refuses, and only then why
        assertThat(setting.equals("im.file.dir") ? printed(failure) : failure.toString()).contains(told);
        assertThat(printed(failure)).doesNotContain("s3cr3t");
    }

    /** Camel logs it, and throws it on to who prints it again: without a stack it stays a line. */
    @Test
    void aRefusalOfOursHasNoStack() {
        assertThat(printed(refused(Map.of("im.password", ""))).lines()).singleElement().asString()
                .contains("The option password is empty for agent alice");
    }

    /** What stands in the log may be the password itself. */
    @Test
    void thePasswordInPlaceOfItsNameIsNotInTheLog() throws Exception {
        refused(Map.of(AGENT + "passwordProperty", "s3cr3t-VALUE"));
        assertThat(log.with("Error starting").size() + log.with("s3cr3t").size()).isZero();
    }

    @Test
    void settingsThatContradictAreNamed() throws Exception {
        Path first = Files.writeString(folder.resolve("first.properties"), """
                im.server = http://a
                same = 1
                camel.component.imsession.request-timeout = 1s
                camel.component.imsession.requestTimeout = s3cr3t
                """);
        Path second = Files.writeString(folder.resolve("second.properties"),
                "im.server = http://b\nsame = 1\nmore = 2");
        try (CamelContext context = of("file:" + first, "file:" + second, "file:none;optional=true")) {
            assertThat(context.resolvePropertyPlaceholders("{{im.server}}")).isEqualTo("http://a");
            assertThat(SettingsFiles.contradictions(context)).hasSize(2)
                    .anySatisfy(line -> assertThat(line).contains(first.toString(), "requestTimeout", "twice")
                            .doesNotContain("s3cr3t"))
                    .anySatisfy(line -> assertThat(line).endsWith("differ in im.server; what stands in file:" + first
                            + " counts. If that is not meant, remove it from one"));
        }
    }

    /** The sample settings themselves do not. */
    @ParameterizedTest
    @ValueSource(strings = { "application.properties", "application.properties,cluster/files.properties",
        "bridge/application.properties", "bridge/http.properties" })
    void noSampleSettingsContradict(String files) throws Exception {
        try (CamelContext context = of(Stream.of(files.split(",")).map(each -> "file:routes/" + each)
                .toArray(String[]::new))) {
            assertThat(SettingsFiles.contradictions(context)).isEmpty();
        }
    }

    private static CamelContext of(String... locations) {
        CamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setLocation(String.join(",", locations));
        context.build();
        return context;
    }

    /** Of the XML routes, which are loaded most quickly. */
    private Throwable refused(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("camel.main.routes-include-pattern", "file:routes/xml/*.xml");
        Throwable failure = catchThrowable(() -> SampleRoutes.begin(GWS, folder, all).close());
        assertThat(failure).isNotNull();
        return failure;
    }

    private static String printed(Throwable failure) {
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        return all.toString();
    }
}
