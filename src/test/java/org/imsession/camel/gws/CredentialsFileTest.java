package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.CredentialsFile;
import org.imsession.camel.spi.UnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {

    @TempDir
    private Path folder;
    private Path file;
    private CredentialsFile credentials;

    @BeforeEach
    void aFileOfTheOwner() throws IOException {
        file = Files.createFile(folder.resolve("agents.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        credentials = new CredentialsFile(file);
    }

    @Test
    void givesEachAgentItsOwnPassword() throws IOException {
        Files.writeString(file, "alice=" + Agent.PASSWORD + "\nbob=pä:ss\n");

        assertThat(given("alice")).isEqualTo(new Credential.Password("alice", Agent.PASSWORD));
        assertThat(given("bob")).isEqualTo(new Credential.Password("bob", "pä:ss"));
    }

    @Test
    void aCredentialsFileIsReadAgainWhenAPasswordHasChanged() throws IOException {
        Files.writeString(file, "alice=old");
        assertThat(given("alice")).isEqualTo(new Credential.Password("alice", "old"));

        Files.writeString(file, "alice=new");
        Files.setLastModifiedTime(file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 2000));

        assertThat(given("alice")).isEqualTo(new Credential.Password("alice", "new"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aCredentialsFileIsRefusedWhenOthersCanReadOrWriteIt(String permissions) throws IOException {
        Files.writeString(file, "alice=" + Agent.PASSWORD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        refused("alice", "chmod 600 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice=\\u00zz" + Agent.PASSWORD, ""})
    void aCredentialsFileThatDoesNotHelpSaysSoWithoutQuotingALine(String content) throws IOException {
        Files.writeString(file, content);

        refused("alice", file.toString());
    }

    @Test
    void aCredentialsFileThatIsNotThereIsNamed() throws IOException {
        Files.delete(file);

        refused("alice", file.toString());
    }

    @Test
    void theReasonOfACredentialsFileReachesTheOperator() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN);
             Agent alice = Agent.with(Agent.settings(server.url()), HttpSettings.defaults(), credentials)) {
            assertThat(failure(alice.session().login())).hasMessageContaining("no line for agent alice")
                    .returns(Kind.CREDENTIALS_UNAVAILABLE, GwsException::kind);
            assertThat(server.requests()).isEmpty();
        }
    }

    private Credential given(String agent) {
        return result(credentials.credential(agent).toCompletableFuture());
    }

    private void refused(String agent, String reason) {
        Throwable failure = catchThrowable(() -> credentials.credential(agent).toCompletableFuture().join());

        assertThat(failure).hasCauseInstanceOf(UnavailableException.class);
        assertThat(failure.getCause()).hasMessageContaining(reason).hasNoCause();
        assertThat(failure.getCause().getMessage()).doesNotContain(Agent.PASSWORD);
    }
}
