package org.imsession.camel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.imsession.camel.spi.Roster.RejectedEntry;
import org.junit.jupiter.api.Test;

/** A file of agents is watched, and nothing that may happen to it costs an agent that it does not concern. */
class AgentsFileTest extends WatchedAgentsFile {

    @Test
    void theFirstRosterIsToldAtOnce() throws IOException {
        follow(write("# the team\nalice=a\n\nbob: b\n"), false);
        assertThat(told).hasSize(1);
        assertThat(last().agents()).containsOnlyKeys("alice", "bob");
        assertThat(last().rejected()).isEmpty();
        assertThat(password("bob")).isEqualTo("b");
    }

    @Test
    void aFileThatDoesNotChangeIsNotToldAgain() throws IOException {
        follow(write("alice=a\n"), false);
        watch.look(100);
        assertThat(told).hasSize(1);
    }

    @Test
    void aChangeIsToldOnceItLooksTheSameTwice() throws IOException {
        follow(write("alice=a\n"), false);
        write("alice=a\nbo");
        watch.look(1);
        write("alice=a\nbob=b\n");
        watch.look(1);
        assertThat(told).as("who is still writing is not read").hasSize(1);
        watch.look(1);
        assertThat(last().agents()).containsOnlyKeys("alice", "bob");
        assertThat(last().rejected()).isEmpty();
    }

    @Test
    void aFileThatTakesTheNameOfAnotherIsRead() throws IOException {
        Path file = write("alice=a\n");
        follow(file, false);
        Path other = changed(Files.writeString(folder.resolve("new"), "alice=x\n"));
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        watch.look(TWICE);
        assertThat(password("alice")).as("of the same size and time").isEqualTo("x");
    }

    @Test
    void aLineThatIsWrongIsNamedByItsNumberAndCostsNoOther() throws IOException {
        follow(write("alice=a\n\n# c\nbob=\ncarol\n=hush\ndave=\\u12G4\nerin:e=rin\na\\:b=\\\n  hush\nzoe=z\n"),
                false);
        assertThat(last().agents()).containsOnlyKeys("alice", "erin", "zoe");
        assertThat(last().rejected()).extracting(RejectedEntry::why).satisfiesExactly(
                why -> assertThat(why).startsWith("agents.properties line 4 ").contains("no password for agent bob"),
                why -> assertThat(why).startsWith("agents.properties line 5 ").contains("agent=<password>"),
                why -> assertThat(why).startsWith("agents.properties line 6 ").contains("no agent"),
                why -> assertThat(why).startsWith("agents.properties line 7 ").contains("\\u"),
                why -> assertThat(why).startsWith("agents.properties line 9 ").contains("colon"));
        assertThat(last().rejected().toString()).doesNotContain("hush", "12G4", "carol");
    }

    /** Semicolons and line ends are mistyped, and what stands there may be a password: it used to be quoted. */
    @Test
    void aLineWithoutSeparatorIsNeverQuoted() throws IOException {
        follow(write("alice;s3cret-Passw0rd\nbob=b\ns3cret-too\n  s3cret-blank \t\ns3cret\\=escaped\n"
                + "s3cret-goes-\\\n  on\nzoe z\ns3cret-last \\"), false);
        assertThat(last().agents()).containsOnlyKeys("bob", "zoe");
        assertThat(last().rejected()).hasSize(6).allSatisfy(entry -> {
            assertThat(entry.agent()).isEmpty();
            assertThat(entry.why()).contains("agent=<password>");
        }).extracting(RejectedEntry::why).first().asString().startsWith("agents.properties line 1 ");
        assertThat(last().rejected().toString()).doesNotContain("s3cret", "alice");
    }

    /** Its agent was unknown, so that it was not shown, and nobody could be removed any more. */
    @Test
    void aSecretThatCannotBeReadIsItsAgentsAndOnlyANameThatCannotIsNobodys() throws IOException {
        follow(write("carol=\\u12G4\nDOMAIN\\\\d\\=ve : \\uXXXX\n\\u12\\\n  G4=hush\nca\\\n  rla \\u\n"), false);
        assertThat(last().agents()).isEmpty();
        assertThat(last().rejected()).extracting(RejectedEntry::agent)
                .containsExactly("carol", "DOMAIN\\d=ve", "", "carla");
        assertThat(last().rejected()).allSatisfy(entry -> assertThat(entry.why()).contains("four hexadecimal digits"));
        assertThat(last().rejected().toString()).doesNotContain("hush", "12", "XXXX");
    }

    @Test
    void anAgentNamedAgainByABrokenLineIsNotUsedEither() throws IOException {
        follow(write("alice=a\nalice=\\u12G4\nbob=b\n"), false);
        assertThat(last().agents()).containsOnlyKeys("bob");
        assertThat(last().rejected()).singleElement().satisfies(entry -> {
            assertThat(entry.agent()).isEqualTo("alice");
            assertThat(entry.why()).contains("line 2").contains("line 1");
        });
    }

    @Test
    void anAgentNamedTwiceIsAnErrorOfTheSecondLineAndNeitherIsUsed() throws IOException {
        follow(write("alice=a\nbob=b\nalice=c\n"), false);
        assertThat(last().agents()).containsOnlyKeys("bob");
        assertThat(last().rejected()).singleElement().satisfies(entry -> {
            assertThat(entry.agent()).isEqualTo("alice");
            assertThat(entry.why()).contains("line 3").contains("line 1");
        });
    }

    @Test
    void bytesThatAreNotUtf8CostTheirLineOnly() throws IOException {
        Path file = write("x");
        Files.write(file, new byte[] { 'a', '=', 'a', '\n', 'b', '=', (byte) 0xE4, '\n', 'c', '=', 'c', '\n' });
        follow(changed(file), false);
        assertThat(last().agents()).containsOnlyKeys("a", "c");
        assertThat(last().rejected()).extracting(RejectedEntry::why).singleElement().asString()
                .contains("line 2").contains("UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        follow(write("\uFEFFalice=a\r\nbob=b\r\n"), false);
        assertThat(last().agents()).containsOnlyKeys("alice", "bob");
    }

    @Test
    void aPlaceholderIsLookedUpBeforeEachLogin() throws IOException {
        properties.put("{{vault:alice}}", "first");
        follow(write("alice={{vault:alice}}\n"), false);
        assertThat(password("alice")).isEqualTo("first");
        properties.put("{{vault:alice}}", "second");
        assertThat(password("alice")).isEqualTo("second");
        assertThat(last().toString()).doesNotContain("first", "second", "vault:alice");
    }

    @Test
    void aPlaceholderThatStandsForNothingIsNamedByItsLineAndTakenWhenItCanBe() throws IOException {
        follow(write("bob=b\nalice={{missing}}\n"), false);
        assertThat(last().agents()).containsOnlyKeys("bob");
        assertThat(last().rejected()).extracting(RejectedEntry::why).singleElement().asString().contains("line 2")
                .contains("alice").doesNotContain("missing");
        properties.put("{{missing}}", "there");
        watch.look(30);
        assertThat(last().agents()).containsOnlyKeys("alice", "bob");
        assertThat(last().rejected()).isEmpty();
    }

    /** With thousands in a vault, one that is not there used to have all asked for every 30 s. */
    @Test
    void whatCouldBeLookedUpIsNotLookedUpAgainForWhatCouldNot() throws IOException {
        properties.put("{{vault:alice}}", "first");
        follow(write("alice={{vault:alice}}\nbob={{missing}}\n"), false);
        watch.look(30);
        write("alice={{vault:alice}}\nbob={{missing}}\ncarol={{vault:alice}}\n");
        watch.look(TWICE);
        assertThat(last().agents()).containsOnlyKeys("alice", "carol");
        assertThat(asked).containsOnly("{{vault:alice}}", "{{missing}}");
        assertThat(asked.stream().filter("{{vault:alice}}"::equals)).as("once for alice, once for carol").hasSize(2);
        assertThat(asked.stream().filter("{{missing}}"::equals)).hasSize(3);
    }

    @Test
    void aFileThatVanishesLeavesTheTeamAsItIsAndIsSaidOnce() throws IOException {
        Path file = write("alice=a\n");
        follow(file, false);
        Files.delete(file);
        watch.look(50);
        assertThat(told).hasSize(2);
        assertThat(last().agents()).containsOnlyKeys("alice");
        assertThat(last().problem()).contains(file.toString()).contains("does not exist");
        write("alice=a\nbob=b\n");
        watch.look(TWICE);
        assertThat(last().problem()).isEmpty();
        assertThat(last().agents()).containsOnlyKeys("alice", "bob");
    }

    @Test
    void aFileThatIsTruncatedToNothingLeavesTheTeamAsItIs() throws IOException {
        follow(write("alice=a\n"), false);
        write("");
        watch.look(TWICE);
        assertThat(last().agents()).containsOnlyKeys("alice");
        assertThat(last().problem()).contains("is empty");
        write("# nobody works today\n");
        watch.look(TWICE);
        assertThat(last().agents()).isEmpty();
        assertThat(last().problem()).isEmpty();
    }

    @Test
    void aFileThatIsOpenedToOthersLaterIsNotReadAnyMore() throws IOException {
        Path file = write("alice=a\n");
        follow(file, false);
        write("alice=a\nbob=b\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        watch.look(TWICE);
        assertThat(last().agents()).containsOnlyKeys("alice");
        assertThat(last().problem()).contains("chmod 600 " + file);
    }

    @Test
    void aFileThatOthersCanReadIsRefusedUnlessAllowed() throws IOException {
        Path file = write("alice=a\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> follow(file, false)).hasMessageContaining("chmod 600 " + file)
                .hasMessageContaining("allowReadableAgentsFile=true");
        follow(file, true);
        assertThat(last().agents()).containsOnlyKeys("alice");
    }

    @Test
    void aFileThatIsNotThereIsToldToWhoeverStarts() {
        assertThatThrownBy(() -> follow(folder.resolve("none"), false)).hasMessageContaining("does not exist");
    }
}
