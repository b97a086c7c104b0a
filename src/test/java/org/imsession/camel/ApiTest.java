package org.imsession.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What users may name, and nothing else, is exported; it is small, names no internal type, and changes knowingly only:
 * {@code mvn test -Dtest=ApiTest -Dapi.accept=true} writes {@code api-signatures.txt} anew, for the commit to show.
 */
class ApiTest {

    private static final Logger LOG = LoggerFactory.getLogger(ApiTest.class);
    private static final int MOST_TYPES = 45;
    private static final String ROOT = "org.imsession.camel";
    private static final Set<String> EXPORTED = Set.of(ROOT, ROOT + ".spi", ROOT + ".model", ROOT + ".converter",
            ROOT + ".store", ROOT + ".conversation");
    private static final String SIMULATOR = "org.imsession.simulator";
    /** What a test sets, reads and lets fail in the simulator, whose methods give and take it. */
    private static final Set<String> SIMULATOR_PARTS = Set.of(SIMULATOR, SIMULATOR + ".settings",
            SIMULATOR + ".record", SIMULATOR + ".fault");
    /** Written by Camel's plugin for Camel; public because Camel makes them, and nobody's to name. */
    private static final Pattern GENERATED = Pattern.compile(".*(Configurer|UriFactory|ConverterLoader)");
    private static final Path FROZEN = Path.of("src/test/resources/api-signatures.txt");

    private static final List<Class<?>> COMPONENT = EXPORTED.stream().sorted()
            .flatMap(each -> publicTypes(IMSessionComponent.class, each).stream()).toList();
    private static final List<Class<?>> TESTING = publicTypes(GwsSimulator.class, SIMULATOR);

    private static List<Class<?>> publicTypes(Class<?> neighbour, String inPackage) {
        try (Stream<Path> files = Files.list(classes(neighbour).resolve(inPackage.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\w+\\.class"))
                    .map(name -> inPackage + "." + name.substring(0, name.length() - ".class".length()))
                    .filter(name -> !GENERATED.matcher(name).matches()).sorted()
                    .<Class<?>>map(ApiTest::loaded).filter(type -> Modifier.isPublic(type.getModifiers())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theBundleExportsTheApiAndNothingElse() throws IOException {
        try (InputStream in = Files.newInputStream(classes(IMSessionComponent.class).resolve(
                "META-INF/MANIFEST.MF"))) {
            String exports = new Manifest(in).getMainAttributes().getValue("Export-Package");
            // what stands in quotation marks, a list of uses, is no package
            assertThat(Stream.of(exports.replaceAll("\"[^\"]*\"", "").split(",")).map(each -> each.split(";")[0]))
                    .containsExactlyInAnyOrderElementsOf(EXPORTED);
        }
    }

    @Test
    void theApiIsSmall() {
        List<String> names = Stream.concat(COMPONENT.stream(), TESTING.stream())
                .map(type -> type.getName().substring("org.imsession.".length())).sorted().toList();
        LOG.info("exported public types: {} ({} of the component, {} of the simulator) {}", names.size(),
                COMPONENT.size(), TESTING.size(), names);
        assertThat(names).hasSizeLessThanOrEqualTo(MOST_TYPES);
    }

    @Test
    void signaturesNameTypesOfTheApiOnly() {
        Set<String> internal = new TreeSet<>();
        Stream.concat(COMPONENT.stream(), TESTING.stream()).flatMap(type -> withNested(type).stream())
                .forEach(type -> named(type).stream().filter(ApiTest::isInternal)
                        .forEach(each -> internal.add(type.getName() + " names " + each.getName())));
        assertThat(internal).isEmpty();
    }

    private static boolean isInternal(Class<?> type) {
        String home = type.getPackageName();
        boolean ours = (home + ".").startsWith("org.imsession.");
        return ours && !(isSeen(type) && (EXPORTED.contains(home) || SIMULATOR_PARTS.contains(home)));
    }

    private static boolean isSeen(Class<?> type) {
        return isSeen(type.getModifiers()) && (type.getEnclosingClass() == null || isSeen(type.getEnclosingClass()));
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    @Test
    void aSignatureChangesKnowinglyOnly() throws IOException {
        List<String> now = Stream.concat(COMPONENT.stream(), TESTING.stream())
                .flatMap(type -> withNested(type).stream()).flatMap(type -> lines(type).stream()).sorted().distinct()
                .toList();
        if (Boolean.getBoolean("api.accept")) {
            Files.write(FROZEN, now);
        }
        List<String> before = Files.readAllLines(FROZEN);
        assertThat(Stream.concat(minus(now, before).map(each -> "+ " + each),
                minus(before, now).map(each -> "- " + each)))
                .as("signatures of the API that are new (+) or gone (-); if that is meant, and in CHANGELOG.md, run"
                        + " mvn test -Dtest=ApiTest -Dapi.accept=true and commit %s", FROZEN).isEmpty();
    }

    private static Stream<String> minus(Collection<String> some, Collection<String> others) {
        Set<String> known = new HashSet<>(others);
        return some.stream().filter(each -> !known.contains(each));
    }

    /** The type and what is seen inside it. */
    private static List<Class<?>> withNested(Class<?> type) {
        List<Class<?>> all = new ArrayList<>(List.of(type));
        for (Class<?> nested : type.getDeclaredClasses()) {
            if (isSeen(nested.getModifiers())) {
                all.addAll(withNested(nested));
            }
        }
        return all;
    }

    private static List<Executable> executables(Class<?> type) {
        List<Executable> all = new ArrayList<>();
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            all.add(each);
        }
        // what a superclass says that nobody sees, its subclass says
        for (Class<?> each = type; each != null && (each == type || isInternal(each)); each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                all.add(method);
            }
        }
        return all.stream().filter(each -> isSeen(each.getModifiers()) && !each.isSynthetic()).toList();
    }

    private static List<Field> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).filter(each -> isSeen(each.getModifiers())
                && !each.isSynthetic()).toList();
    }

    private static List<String> lines(Class<?> type) {
        List<String> lines = new ArrayList<>();
        Class<?> above = type.getSuperclass();
        while (above != null && !isSeen(above)) {
            above = above.getSuperclass();
        }
        String supers = Stream.concat(Stream.ofNullable(above == type.getSuperclass() ? type.getGenericSuperclass()
                : above), Arrays.stream(type.getGenericInterfaces())).map(Type::getTypeName)
                .collect(Collectors.joining(", "));
        lines.add(type.toGenericString() + (supers.isEmpty() ? "" : " : " + supers));
        executables(type).forEach(each -> lines.add(type.getName() + ": " + each.toGenericString()));
        fields(type).forEach(each -> lines.add(type.getName() + ": " + each.toGenericString() + value(each)));
        return lines;
    }

    /** The name of a header is as much a promise as that of its constant. */
    private static String value(Field field) {
        try {
            return Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
                    && (field.getType() == String.class || field.getType().isPrimitive()) ? " = " + field.get(null)
                    : "";
        } catch (IllegalAccessException e) {
            return ""; // protected
        }
    }

    /** All types that the signatures of a type name. */
    private static Set<Class<?>> named(Class<?> type) {
        TreeMap<String, Class<?>> named = new TreeMap<>();
        Set<Type> looked = new HashSet<>();
        if (type.getSuperclass() == null || isSeen(type.getSuperclass())) { // else it is part of the type itself
            note(type.getGenericSuperclass(), named, looked);
        }
        note(type.getGenericInterfaces(), named, looked);
        note(type.getTypeParameters(), named, looked);
        if (type.isSealed()) {
            note(type.getPermittedSubclasses(), named, looked);
        }
        for (Executable each : executables(type)) {
            note(each.getGenericParameterTypes(), named, looked);
            note(each.getGenericExceptionTypes(), named, looked);
            note(each.getTypeParameters(), named, looked);
            if (each instanceof Method method) {
                note(method.getGenericReturnType(), named, looked);
            }
        }
        fields(type).forEach(each -> note(each.getGenericType(), named, looked));
        return new HashSet<>(named.values());
    }

    private static void note(Type[] types, TreeMap<String, Class<?>> named, Set<Type> looked) {
        Arrays.stream(types).forEach(each -> note(each, named, looked));
    }

    private static void note(Type type, TreeMap<String, Class<?>> named, Set<Type> looked) {
        if (type == null || !looked.add(type)) {
            return;
        }
        if (type instanceof Class<?> plain) {
            Class<?> element = plain;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            named.put(element.getName(), element);
        } else if (type instanceof ParameterizedType parameterized) {
            note(parameterized.getRawType(), named, looked);
            note(parameterized.getActualTypeArguments(), named, looked);
        } else if (type instanceof GenericArrayType array) {
            note(array.getGenericComponentType(), named, looked);
        } else if (type instanceof WildcardType wildcard) {
            note(wildcard.getUpperBounds(), named, looked);
            note(wildcard.getLowerBounds(), named, looked);
        } else if (type instanceof TypeVariable<?> variable) {
            note(variable.getBounds(), named, looked);
        }
    }
}
