package org.imsession.camel.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** I17: whatever the id, one flat safe name, and never one name for two ids. */
class SafeFileNameTest {

    static List<String> ids() {
        return List.of("../../etc/x", "../../ETC/X", "a/b", "A/B", "A%2FB", "A\\B", "/etc/x", "C:\\X", "C:X",
                "CON", "con", "nul", "COM1", "LPT9", "CON.TXT", "", " ", ".", "..", "...", "A.", "A ", "A",
                "a", "A\n", "A\r\n", "A\u0000", "\u202eGPJ.EXE", "\u00c9", "E\u0301", "\u0130", "\u0131",
                "\u212a", "K", "k", "\u00df", "SS", "-rf", "--HELP", "A*", "A?", "A\"", "A<", "A|", "~",
                "~ROOT", "$HOME", "${body}", "%", "%00", "\ud83d\ude00", "\ud83d", "?", "\ude00",
                "X".repeat(300), "X".repeat(301), "X".repeat(100), "X".repeat(101), "/".repeat(100),
                "/".repeat(99), "\u4e2d".repeat(200));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theNameIsFlatAndSafe(String id) {
        assertThat(Stream.of(SafeFileName.of(id), SafeFileName.ofAgent(id))).allSatisfy(name -> assertThat(name)
                .matches("[A-Za-z0-9_%~][A-Za-z0-9_%~-]{0,132}")
                .doesNotMatch("(?i)(con|prn|aux|nul|com\\d|lpt\\d)"));
    }

    static List<UnaryOperator<String>> ways() {
        return List.of(SafeFileName::of, SafeFileName::ofAgent);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void differentIdsHaveDifferentNamesEvenWhereCaseDoesNotCount(UnaryOperator<String> way) {
        Stream<String> many = IntStream.range(0, 20_000).mapToObj(i -> Integer.toString(i, 36))
                .flatMap(id -> Stream.of(id, id.toUpperCase(Locale.ROOT), "A" + id + "/"));
        Map<String, String> idByName = new HashMap<>();
        Stream.concat(ids().stream(), many).distinct().forEach(id ->
                assertThat(idByName.put(way.apply(id).toLowerCase(Locale.ROOT), id)).as(id).isNull());
    }

    @ParameterizedTest
    @CsvSource({"007MDF3D0KAHL93L807GK2LAES000001,007MDF3D0KAHL93L807GK2LAES000001",
        "12398123091823091283012,12398123091823091283012", "A/B,A%2FB", "-A-B,%2DA-B",
        "CON,CON~6259d98067f8148610e8f86a11ca2e48"})
    void anOrdinaryIdIsItsOwnName(String id, String name) {
        assertThat(SafeFileName.of(id)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({ "alice,alice", "alice.smith@example.com,alice%2esmith%40example%2ecom", "agent-007_b,agent-007_b",
        "-rf,%2drf", "a/../bob,a%2f%2e%2e%2fbob", "../../etc/x,%2e%2e%2f%2e%2e%2fetc%2fx" })
    void anOrdinaryAgentIsItsOwnName(String login, String name) {
        assertThat(SafeFileName.ofAgent(login)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({ "DOMAIN\\dave,DOMAIN%5cdave", "Alice,Alice", "con,con", "nul,nul" })
    void whatAnotherAgentCouldBeCalledOnAnotherFileSystemHasAHash(String login, String start) {
        assertThat(SafeFileName.ofAgent(login)).startsWith(start + "~").hasSize(start.length() + 33);
    }

    @Test
    void theReadableStartIsNotCutWithinAnEscape() {
        assertThat(SafeFileName.of("X".repeat(99) + "/Y")).matches("X{99}~[0-9a-f]{32}");
        assertThat(SafeFileName.of("X".repeat(98) + "/Y")).matches("X{98}~[0-9a-f]{32}");
        assertThat(SafeFileName.of("X".repeat(97) + "/Y")).matches("X{97}%2F~[0-9a-f]{32}");
    }
}
