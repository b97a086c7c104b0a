package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.console.DevConsole;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imsession.camel.IMSessionConfiguration;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionEndpoint;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.directory.PasswordFile;
import org.imsession.camel.model.LogText;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.CredentialsFile;
import org.imsession.camel.spi.PositionInUseException;
import org.imsession.camel.spi.Roster;
import org.imsession.camel.spi.UnavailableException;
import org.imsession.camel.store.PrivateFolders;
import org.imsession.camel.text.ShownFailure;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever of a vault, a directory, a store, a file system, a header or a setting is quoted in a log, in health,
 * JMX, the dev console or an exception stays on its line and cannot turn it. (Of a server: EchoingServerTest.)
 */
class WordsOfOthersTest {

    /** All of Cc, Cf, Zl and Zp, and halves of surrogate pairs, each of which stands alone. */
    private static final List<String> INVISIBLE = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(each -> switch (Character.getType(each)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                     Character.SURROGATE -> true;
                default -> false;
            }).mapToObj(Character::toString).toList();
    /** All but the halves, of which there are 2048, and with them the first and last of either kind. */
    private static final String FORGED = INVISIBLE.stream().filter(each -> !Character.isSurrogate(each.charAt(0))
            || each.length() == 2).collect(Collectors.joining()) + "\ud800 \udbff \udc00 \udfff ";
    /** What a name of a file can have on any system with POSIX names, whatever its character set. */
    private static final String FORGED_NAME = "a\r\nIMS-999\u001b[2J\u007f\tb";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();
    @TempDir
    Path folder;

    private static void assertHarmless(String shown) {
        assertThat(shown).contains("\\u000a");
        assertThat(INVISIBLE.stream().filter(shown::contains).map(each -> LogText.escape(each)).toList()).isEmpty();
    }

    private static void assertRefusedHarmlessly(ThrowingCallable what) {
        Throwable failure = catchThrowable(what);
        assertThat(failure).isNotNull();
        boolean quoted = false;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each.getClass().getName().startsWith("org.imsession.") || each.getCause() == null) {
                assertHarmless(String.valueOf(each.getMessage()));
                quoted = true;
            }
        }
        assertThat(quoted).isTrue();
    }

    @Test
    void eachInvisibleCharacterIsNamed() {
        assertThat(INVISIBLE).hasSizeGreaterThan(2048 + 200)
                .allSatisfy(each -> assertThat(LogText.escape("a" + each + "b")).matches("a(\\\\u[0-9a-f]{4})+b"));
        assertThat(LogText.line(LogText.line(FORGED))).isEqualTo(LogText.line(FORGED));
    }

    /** A vault says why it has no password. */
    @Test
    void aReasonOfTheFeedIsEscapedInLogHealthJmxAndConsole() throws Exception {
        AgentCredentials vault = agent -> CompletableFuture.failedFuture(new UnavailableException("vault: " + FORGED));
        assertShownHarmlessly("IMS-001", "credentials=#vault", vault, "vault: ");
    }

    /** A store says who has the session of the agent. */
    @Test
    void whatAStoreSaysIsEscapedInLogHealthJmxAndConsole() throws Exception {
        assertShownHarmlessly("IMS-001", "stateRepository=#vault", new Store(() ->
                new PositionInUseException("store: " + FORGED)), "store: ");
    }

    /** A database may say it in many lines. */
    @Test
    void aFailureOfAStoreIsOneLine() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> context.getRegistry().bind("vault",
                new Store(() -> new IllegalStateException("store: " + FORGED))))
                .add("listening", ListeningRoute.uri(gws, "alice", "stateRepository=#vault")).start()) {
            await().atMost(ListeningRoute.PATIENCE).until(() -> !log.with("store: ").isEmpty());
            assertThat(log.with("store: ")).allMatch(line -> line.contains("IMS-008"))
                    .allSatisfy(WordsOfOthersTest::assertHarmless);
        }
    }

    /** A directory or a store that fails at the start or the stop of a route is printed by Camel, with its stack trace. */
    @ParameterizedTest
    @ValueSource(strings = {"agents at the start", "agents at the stop", "stateRepository at the start"})
    void whatABeanThrowsIsPrintedHarmlessly(String when) throws Exception {
        RuntimeException hostile = new IllegalStateException("bean: " + FORGED,
                new IllegalArgumentException("cause: " + FORGED));
        hostile.addSuppressed(new IllegalArgumentException("suppressed: " + FORGED));
        Object bean = switch (when) {
            case "agents at the start" -> (AgentDirectory) listener -> {
                throw hostile;
            };
            case "agents at the stop" -> (AgentDirectory) listener -> {
                listener.roster(new Roster(Map.of(), List.of(), ""));
                return () -> {
                    throw hostile;
                };
            };
            default -> new Unstartable(hostile);
        };
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> context.getRegistry().bind("bean", bean))
                .add("listening", ListeningRoute.uri(gws, "team-a", when.startsWith("agents") ? "password=" : "keepAlive=300",
                        when.startsWith("agents") ? "agents=#bean" : "stateRepository=#bean"))) {
            Throwable failure = catchThrowable(() -> {
                route.start();
                route.context().getRouteController().stopRoute("listening");
            });
            assertThat(log.with("bean: ").size() + (failure == null ? 0 : 1)).isPositive();
            if (failure != null) {
                assertTraceHarmless(failure);
            }
        }
        assertThat(log.with("bean: ")).allSatisfy(WordsOfOthersTest::assertHarmless);
        assertThat(log.with("cause: ")).allSatisfy(WordsOfOthersTest::assertHarmless);
        assertThat(log.with("IMS-999")).isEmpty();
    }

    @Test
    void aFailureThatSaysNothingHostileIsPrintedAsItIs() {
        RuntimeException plain = new IllegalStateException("the disk is full", new IllegalArgumentException("x"));
        assertThat(ShownFailure.of(plain)).isSameAs(plain);
        RuntimeException ring = new IllegalStateException("a\nb");
        ring.addSuppressed(new IllegalStateException(ring));
        assertThat(ShownFailure.of(ring)).hasToString("java.lang.IllegalStateException: a\\u000ab");
    }

    private static void assertTraceHarmless(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each)).matches(text -> INVISIBLE.stream().noneMatch(text::contains));
            for (Throwable suppressed : each.getSuppressed()) {
                assertTraceHarmless(suppressed);
            }
        }
    }

    private void assertShownHarmlessly(String code, String option, Object bean, String words) throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> context.getRegistry().bind("vault", bean))
                .add("listening", ListeningRoute.uri(gws, "alice", option, option.startsWith("cred") ? "password="
                        : "keepAlive=300")).start()) {
            await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getFeedReason().contains(words));
            assertHarmless(route.consumer().getFeedReason());
            assertHarmless(String.valueOf(route.health().getDetails().get("reason")));
            assertHarmless(String.valueOf(route.console(DevConsole.MediaType.JSON)));
            assertThat(log.with(code).stream().filter(line -> line.contains(words)).toList()).isNotEmpty()
                    .allSatisfy(WordsOfOthersTest::assertHarmless);
        }
    }

    @Test
    void theProblemOfADirectoryIsEscapedInLogHealthAndJmx() throws Exception {
        AgentDirectory directory = listener -> {
            listener.roster(new Roster(Map.of(), List.of(), "directory: " + FORGED));
            return () -> { };
        };
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("team", directory))
                .add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team")).start()) {
            assertHarmless(route.consumer().getDirectoryProblem());
            assertHarmless(String.valueOf(route.health().getDetails().get("directory")));
            assertThat(log.with("IMS-012")).isNotEmpty().allSatisfy(WordsOfOthersTest::assertHarmless);
        }
    }

    /** Whatever becomes the detail of a gap, and so the body of an exchange. */
    @Test
    void whatFailedOnTheWireIsToldOnOneLine() {
        assertHarmless(new BayeuxFailure(BayeuxFailure.Kind.NETWORK, 0, 0, "wire: " + FORGED).detail());
    }

    @Test
    void aFileOfPasswordsIsNamedHarmlessly() {
        Path file = folder.resolve(FORGED_NAME);
        assertHarmless(catchThrowable(() -> new PasswordFile("alice", file).read()).getMessage());
        assertHarmless(new PasswordFile("alice", file).toString());
        CompletableFuture<Credential> none = new CredentialsFile(file).credential("alice").toCompletableFuture();
        assertHarmless(catchThrowable(none::join).getCause().getMessage());
        assertHarmless(new CredentialsFile(file).toString());
    }

    @Test
    void aUserNameIsQuotedHarmlessly() {
        assertHarmless(catchThrowable(() -> new Credential.Password("a:" + FORGED, "x")).getMessage());
        assertHarmless(catchThrowable(() -> new Credential.Password("a" + FORGED, "")).getMessage());
        assertHarmless(catchThrowable(() -> new Credential.Password("a" + FORGED, "x")).getMessage());
        assertThat(new Credential.Password("a\u202eb", "x")).hasToString("password of a\\u202eb");
    }

    @Test
    void aFileOfAgentsIsNamedHarmlessly() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            IMSessionEndpoint endpoint = context.getEndpoint("imsession:team-a?serverUrl=" + gws.url(),
                    IMSessionEndpoint.class);
            endpoint.setAgents("file:" + folder.resolve(FORGED_NAME));
            assertRefusedHarmlessly(() -> endpoint.createConsumer(exchange -> { }).start());
        }
    }

    /** Another user may have named it. */
    @Test
    void whatStandsInAFolderIsNamedHarmlessly() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"), PosixFilePermissions
                .asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(own.resolve(FORGED_NAME), folder);
        assertRefusedHarmlessly(() -> new PrivateFolders().setFolders(own.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "apiPath", "operation", "allowFromHeaders", "agents", "serverUrl"})
    void theValueOfAnOptionIsQuotedHarmlessly(String option) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            IMSessionEndpoint endpoint = context.getEndpoint("imsession:alice?password=secret&serverUrl="
                    + gws.url(), IMSessionEndpoint.class);
            IMSessionConfiguration options = endpoint.getConfiguration();
            switch (option) {
                case "topic" -> options.setTopic(FORGED);
                case "apiPath" -> options.setApiPath(FORGED);
                case "operation" -> options.setOperation(FORGED);
                case "allowFromHeaders" -> options.setAllowFromHeaders(FORGED);
                case "agents" -> endpoint.setAgents("classpath:a" + FORGED);
                default -> options.setServerUrl("http://a" + FORGED);
            }
            assertRefusedHarmlessly(() -> {
                if (option.equals("agents")) {
                    endpoint.createConsumer(exchange -> { }).start();
                } else {
                    endpoint.createProducer().start();
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IMSessionConstants.OPERATION, IMSessionConstants.TARGET_ID, IMSessionConstants.DESTINATION,
            IMSessionConstants.DEVICE_PATH, IMSessionConstants.USER_DATA_KEY})
    void theValueOfAHeaderIsQuotedHarmlesslyIfItIs(String header) throws Exception {
        List<String> failures = new ArrayList<>();
        try (ListeningRoute route = ListeningRoute.prepared().start()) {
            for (String operation : List.of("initiate", "sendMessage", "deleteUserData", "getSession")) {
                Throwable failure = route.context().createProducerTemplate().request("imsession:alice?serverUrl="
                        + gws.url() + "&password=secret&allowFromHeaders=all", exchange -> {
                    exchange.getMessage().setHeader(IMSessionConstants.OPERATION, operation);
                    exchange.getMessage().setHeader(IMSessionConstants.TARGET_ID, "x");
                    exchange.getMessage().setHeader(header, "x" + FORGED);
                    exchange.getMessage().setBody("key");
                }).getException();
                for (Throwable each = failure; each != null; each = each.getCause()) {
                    failures.add(String.valueOf(each.getMessage()));
                }
            }
        }
        assertThat(failures).isNotEmpty().allSatisfy(each -> assertThat(INVISIBLE.stream().filter(each::contains)
                .map(LogText::escape).toList()).isEmpty());
    }

    /** Cannot be started. */
    private static final class Unstartable extends ServiceSupport implements StateRepository<String, String> {

        private final RuntimeException failure;

        Unstartable(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        protected void doStart() {
            throw failure;
        }

        @Override
        public void setState(String key, String value) {
            throw failure;
        }

        @Override
        public String getState(String key) {
            throw failure;
        }
    }

    /** Lets nobody have a session, or keeps none. */
    private static final class Store extends ServiceSupport implements StateRepository<String, String> {

        private final Supplier<RuntimeException> failure;

        Store(Supplier<RuntimeException> failure) {
            this.failure = failure;
        }

        @Override
        public String getState(String key) {
            RuntimeException told = failure.get();
            if (told instanceof PositionInUseException) {
                throw told;
            }
            return null;
        }

        @Override
        public void setState(String key, String value) {
            throw failure.get();
        }
    }
}
