package org.imsession.camel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.CredentialsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that is replaced by one of the same length and time stamp, as mounted ones are, was not noticed. */
class ReplacedSecretTest extends WatchedAgentsFile {

    private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

    /** How the content of a file is replaced. */
    enum Replacement {
        IN_PLACE {
            @Override
            void put(Path file, String content) throws IOException {
                old(Files.writeString(file, content));
            }
        },
        RENAMED {
            @Override
            void put(Path file, String content) throws IOException {
                Files.move(old(Files.writeString(file.resolveSibling("new"), content)), file,
                        StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        /** As Kubernetes does: the name is a link through a link to a folder, and that one is swapped. */
        LINK_SWAPPED {
            @Override
            void put(Path file, String content) throws IOException {
                Path version = Files.createTempDirectory(file.getParent(), "..v");
                old(Files.writeString(version.resolve("secret"), content));
                Path link = Files.createSymbolicLink(file.resolveSibling("..tmp"), version.getFileName());
                Files.move(link, file.resolveSibling("..data"), StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                if (!Files.exists(file)) {
                    Files.createSymbolicLink(file, Path.of("..data", "secret"));
                }
            }
        };

        abstract void put(Path file, String content) throws IOException;
    }

    private static Path old(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Files.setLastModifiedTime(file, THEN);
    }

    private static String of(AgentCredentials credentials) {
        return ((Credential.Password) credentials.credential("alice").toCompletableFuture().join()).password();
    }

    @ParameterizedTest
    @EnumSource(Replacement.class)
    void aPasswordFileIsReadAnew(Replacement how) throws IOException {
        Path file = folder.resolve("secret-of-alice");
        AgentCredentials credentials = new PasswordFile("alice", file);
        for (String password : new String[] { "one", "two", "six" }) {
            how.put(file, password + "\n");
            assertThat(of(credentials)).isEqualTo(password);
        }
    }

    @ParameterizedTest
    @EnumSource(Replacement.class)
    void aCredentialsFileIsReadAnew(Replacement how) throws IOException {
        Path file = folder.resolve("credentials.properties");
        AgentCredentials credentials = new CredentialsFile(file);
        for (String password : new String[] { "one", "two", "six" }) {
            how.put(file, "alice=" + password + "\n");
            assertThat(of(credentials)).isEqualTo(password);
        }
    }

    @ParameterizedTest
    @EnumSource(Replacement.class)
    void aListOfAgentsIsReadAnew(Replacement how) throws IOException {
        Path file = folder.resolve("agents.properties");
        how.put(file, "alice=one\n");
        follow(file, false);
        for (String password : new String[] { "two", "six", "one" }) {
            how.put(file, "alice=" + password + "\n");
            watch.look(TWICE);
            assertThat(password("alice")).isEqualTo(password);
        }
        assertThat(told).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "'p\n' | p", "'p\r\n' | p", "' p ' | ' p '", "'p' | p", "'a\u20ac' | 'a\u20ac'",
            "'{{p}}' | '{{p}}'", "'alice=p' | 'alice=p'", "'#bean:p' | '#bean:p'" })
    void aPasswordFileIsTakenAsItIsButForOneLineEnd(String content, String password) throws IOException {
        assertThat(of(new PasswordFile("alice", old(Files.writeString(folder.resolve("p"), content)))))
                .isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n", "\r\n", "s3cret\n\n", "s3cret\nmore", "s3\tcret", "s3cret\u0000" })
    void aPasswordFileThatHoldsNoPasswordIsRefusedByNameWithoutItsContent(String content) throws IOException {
        Path file = old(Files.writeString(folder.resolve("p"), content));
        assertThatThrownBy(() -> new PasswordFile("alice", file).read()).hasMessageContaining("passwordFile " + file)
                .hasMessageNotContaining("s3");
    }

    @Test
    void aPasswordFileThatCannotBeReadSaysWhy() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> new PasswordFile("alice", missing).read()).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new PasswordFile("alice", folder).read()).hasMessageContaining("is no file");
        Path latin = old(Files.write(folder.resolve("latin"), "s3cr\u00e9t".getBytes(StandardCharsets.ISO_8859_1)));
        assertThatThrownBy(() -> new PasswordFile("alice", latin).read()).hasMessageContaining("not valid UTF-8");
    }

    /** Who can write it decides which password is sent; who can read it is for whoever mounts it to say. */
    @ParameterizedTest
    @CsvSource({ "r--------, true", "rw-r--r--, true", "r--r--r--, true", "rw--w----, false", "rw-----w-, false",
            "rw-rw-rw-, false" })
    void aPasswordFileThatOthersCanWriteIsRefused(String permissions, boolean taken) throws IOException {
        Path file = Files.writeString(folder.resolve("p"), "s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        AgentCredentials credentials = new PasswordFile("alice", file);
        if (taken) {
            assertThat(of(credentials)).isEqualTo("s3cret");
        } else {
            assertThatThrownBy(() -> of(credentials)).hasMessageContaining("chmod go-w " + file)
                    .hasMessageNotContaining("s3cret");
        }
    }
}
