package org.imsession.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.util.ObjectHelper;
import org.imsession.camel.pages.Page;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.CredentialsFile;
import org.imsession.camel.spi.Roster;
import org.imsession.camel.springboot.IMSessionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Each way of giving a password that is taught carries it unchanged, or refuses it by name and without the value. */
class EveryPasswordTest {

    static final List<String> PASSWORDS = List.of("Zq7+w", "Zq7%20b", "Zq7&b=c", "Zq7trailing ", " Zq7leading", "Zq7  b",
            "RAW(Zq7)", "RAW{Zq7}", "Zq7\\b", "Zq7end\\", "Zq7end\\\\", "Zq7e\\d", "\\Zq7", "Zq7\\u0041", "a{{Zq7}}c",
            "a{{Zq7", "Zq7}}c", "Zq7\\{{x", "{{Zq7}}", "{Zq7}", "#bean:Zq7", "#class:Zq7", "#property:Zq7", "#Zq7",
            "${Zq7}", "a${Zq7", "$Zq7", "Zq7%", "\"Zq7\"", "'Zq7'", "Zq7=b:c", "!Zq7", "Zq7-\u00fc\u65e5\ud83d\ude00",
            "<Zq7/>", "Zq7;b,c|d", "~Zq7`^", "?Zq7=1#2", "Zq7//u@h:1");
    private static final String PROPERTY = "camel.component.imsession.password";
    private static final String VARIABLE = "CAMEL_COMPONENT_IMSESSION_PASSWORD";
    private static final String URI = "imsession:alice?serverUrl=http://127.0.0.1:1";

    @TempDir
    static Path folder;

    /** A way that is taught. */
    enum Way {
        PASSWORD_FILE(password -> false) {
            @Override
            String carried(String password) throws Exception {
                return of(context -> { }, "&passwordFile=" + file("alice", password + "\n"));
            }
        },
        CREDENTIALS_FILE(password -> false) {
            @Override
            String carried(String password) throws Exception {
                return of(context -> context.getRegistry().bind("given", new CredentialsFile(file("credentials",
                        "alice=" + escaped(password, false)))), "&credentials=#given");
            }
        },
        CREDENTIALS_BEAN(password -> false) {
            @Override
            String carried(String password) throws Exception {
                AgentCredentials bean = agent -> CompletableFuture.completedFuture(
                        new Credential.Password(agent, password));
                return of(context -> context.getRegistry().bind("given", bean), "&credentials=#given");
            }
        },
        AGENTS_FILE(EveryPasswordTest::isPlaceholder) {
            @Override
            String carried(String password) throws Exception {
                try (DefaultCamelContext context = new DefaultCamelContext()) {
                    context.start();
                    Roster[] told = new Roster[1];
                    context.getEndpoint(URI + "&agents=file:" + file("agents", "alice=" + escaped(password, false)),
                            IMSessionEndpoint.class).directory().orElseThrow().follow(roster -> told[0] = roster).close();
                    if (!told[0].rejected().isEmpty()) {
                        throw new IllegalArgumentException(told[0].rejected().get(0).why());
                    }
                    return password(told[0].agents().get("alice"));
                }
            }
        },
        NAMED_PROPERTY(password -> isPlaceholder(password) || password.startsWith("#property:")) {
            @Override
            String carried(String password) throws Exception {
                return of(context -> context.getPropertiesComponent().addInitialProperty("alice.password", password),
                        "&password=#property:alice.password");
            }
        },
        COMPONENT_PROPERTY(EveryPasswordTest::changedByCamel, String::stripTrailing) {
            @Override
            String carried(String password) throws Exception {
                return ofMain(PROPERTY + "=" + escaped(password, true));
            }
        },
        COMPONENT_PROPERTY_THAT_NAMES_ANOTHER(EveryPasswordTest::changedByCamel, String::stripTrailing) {
            @Override
            String carried(String password) throws Exception {
                return ofMain(PROPERTY + "=#property:alice.password\nalice.password=" + escaped(password, true));
            }
        },
        SPRING_BOOT_PROPERTY(EveryPasswordTest::changedBySpring) {
            @Override
            String carried(String password) throws Exception {
                return ofSpring(Map.of(PROPERTY, password), Map.of());
            }
        },
        SPRING_BOOT_VARIABLE(EveryPasswordTest::changedBySpring) {
            @Override
            String carried(String password) throws Exception {
                return ofSpring(Map.of(), Map.of(VARIABLE, password));
            }
        };

        private final Predicate<String> refused;
        private final UnaryOperator<String> outcome;

        Way(Predicate<String> refused) {
            this(refused, UnaryOperator.identity());
        }

        /**
         * @param refused which it cannot carry
         * @param outcome what comes of the others: Camel cuts blanks off the end of a value in its property files, which
         *                the manual says
         */
        Way(Predicate<String> refused, UnaryOperator<String> outcome) {
            this.refused = refused;
            this.outcome = outcome;
        }

        abstract String carried(String password) throws Exception;

        String expected(String password) {
            return outcome.apply(password);
        }

        boolean refuses(String password) {
            return refused.test(password);
        }
    }

    private static boolean isPlaceholder(String password) {
        return password.startsWith("{{") && password.endsWith("}}");
    }

    private static boolean changedByCamel(String password) {
        return password.contains("{{") || password.contains("}}") || password.matches("#(bean|class|property):.*");
    }

    private static boolean changedBySpring(String password) {
        return isPlaceholder(password) || password.contains("${") || password.matches("#(bean|class|property):.*");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyPasswordIsCarriedUnchangedOrRefusedByNameByEachWay(Way way) {
        Map<String, String> wrong = new HashMap<>();
        for (String password : PASSWORDS) {
            String outcome;
            try {
                outcome = way.carried(password);
            } catch (Exception | AssertionError e) {
                String told = told(e);
                outcome = way.refuses(password) && told.toLowerCase().contains("password") && !told.contains("Zq7")
                        ? way.expected(password) : "refused with: " + told;
            }
            if (!outcome.equals(way.expected(password))) {
                wrong.put(password, outcome);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The environment is that of another process, as the sample routes take it. */
    @Test
    void everyPasswordIsCarriedUnchangedOrRefusedByNameByAnEnvironmentVariable() throws Exception {
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8", "-cp", System.getProperty("java.class.path"),
                FromEnvironment.class.getName(), folder.resolve("outcomes").toString()).redirectErrorStream(true);
        java.environment().put("LC_ALL", "C.UTF-8");
        for (int i = 0; i < PASSWORDS.size(); i++) {
            java.environment().put("GIVEN_" + i, PASSWORDS.get(i));
        }
        Process process = java.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(out).doesNotContain("Zq7");
        List<String> outcomes = Files.readAllLines(folder.resolve("outcomes"));
        assertThat(outcomes).hasSize(2 * PASSWORDS.size()).noneMatch(line -> line.contains("Zq7"));
        for (int i = 0; i < PASSWORDS.size(); i++) {
            String password = PASSWORDS.get(i);
            String carried = "carried " + Integer.toHexString(password.hashCode());
            assertThat(outcomes.get(2 * i)).as("component: " + password)
                    .startsWith(changedByCamel(password) ? "refused " + PROPERTY : carried);
            assertThat(outcomes.get(2 * i + 1)).as("address: " + password)
                    .startsWith(Way.NAMED_PROPERTY.refuses(password) ? "refused password" : carried);
        }
    }

    /** Writes down what has become of each. Ends the process, which some of those that are refused leave threads in. */
    static final class FromEnvironment {

        private FromEnvironment() {
        }

        public static void main(String[] args) throws Exception {
            List<String> outcomes = new ArrayList<>();
            for (int i = 0; i < PASSWORDS.size(); i++) {
                String named = "{{env:GIVEN_" + i + "}}";
                outcomes.add(outcome(() -> ofMain(PROPERTY, named, "")));
                outcomes.add(outcome(() -> ofMain("im.password", named, "&password=#property:im.password")));
            }
            Files.write(Path.of(args[0]), outcomes);
            System.exit(0);
        }

        private static String outcome(Callable<String> way) {
            try {
                return "carried " + Integer.toHexString(way.call().hashCode());
            } catch (Exception e) {
                return ("refused " + ObjectHelper.getException(IllegalArgumentException.class, e).getMessage() + told(e))
                        .replace('\n', ' ');
            }
        }
    }

    /** An address changes them, which nobody is told of; so it is not taught. */
    @Test
    void noPageNamesAPasswordInAnAddressByAPlaceholder() throws IOException {
        assertThat(Page.allText()).doesNotContainPattern("password=\\{\\{\\w");
        try (Stream<Path> samples = Files.walk(Path.of("routes"))) {
            assertThat(samples.filter(Files::isRegularFile).filter(EveryPasswordTest::teachesIt)).isEmpty();
        }
    }

    private static boolean teachesIt(Path file) {
        try {
            return Files.readString(file).contains("password={{");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Preparation {

        void prepare(CamelContext context) throws IOException;
    }

    private static String of(Preparation preparation, String options) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            preparation.prepare(context);
            context.start();
            return password(context, options);
        }
    }

    private static String ofMain(String properties) throws Exception {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + file("application.properties", properties));
        return ofMain(main, "");
    }

    private static String ofMain(String property, String value, String options) throws Exception {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        main.addInitialProperty(property, value);
        return ofMain(main, options);
    }

    private static String ofMain(Main main, String options) throws Exception {
        main.configure().withJmxEnabled(false);
        try {
            main.start();
            return password(main.getCamelContext(), options);
        } finally {
            main.stop();
        }
    }

    private static String ofSpring(Map<String, Object> file, Map<String, Object> variables) throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        environment.getPropertySources().addLast(new MapPropertySource("application.properties", file));
        ConfigurationPropertySources.attach(environment);
        return of(context -> context.getRegistry().bind("options", ComponentCustomizer.class,
                new IMSessionAutoConfiguration().imsessionOptions(environment)), "");
    }

    private static String password(CamelContext context, String options) throws Exception {
        return password(context.getEndpoint(URI + options, IMSessionEndpoint.class).connection().credentials());
    }

    private static String password(AgentCredentials credentials) throws Exception {
        return ((Credential.Password) credentials.credential("alice").toCompletableFuture().get(20, TimeUnit.SECONDS))
                .password();
    }

    private static Path file(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** As the form of Java's property files wants it; what is not ASCII, too, where the file is not read as UTF-8. */
    private static String escaped(String value, boolean latin) {
        String escaped = value.replace("\\", "\\\\").replaceAll("^ ", "\\\\ ");
        return !latin ? escaped : escaped.chars().mapToObj(c -> c < 0x7f ? String.valueOf((char) c)
                : "\\u%04x".formatted(c)).collect(Collectors.joining());
    }

    private static String told(Throwable failure) {
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        return all.toString();
    }
}
