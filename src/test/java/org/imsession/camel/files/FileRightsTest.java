package org.imsession.camel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders that another user could read, write, hold or exchange are not used. */
class FileRightsTest {

    /** For a user who is not root all that is his is another's when it is looked at as nobody, what is above it, too. */
    private static final String FOREIGN = ".*(belongs to|is below the folder .* of) the user .*";

    @TempDir
    Path folder;
    private FileRights rights;
    private UserPrincipal nobody;

    @BeforeEach
    void users() throws IOException {
        rights = FileRights.ofThisUser();
        nobody = FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    }

    @Test
    void aFolderIsMadeForItsOwnerWithAllAboveIt() throws IOException {
        Path made = folder.resolve("data").resolve("im");
        rights.makePrivate(made);
        rights.makePrivate(made);
        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.getParent())).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx--x---", "rwxrwxrwx", "rwx-----x"})
    void aFolderThatOthersCanEnterIsRefused(String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> rights.makePrivate(folder)).isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("chmod 700 " + folder);
    }

    @Test
    void aFolderOfAnotherUserIsRefused() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileRights seen = giveAway(other);
        assertThatThrownBy(() -> seen.makePrivate(other)).isInstanceOf(ForeignFileException.class)
                .hasMessageContaining(other.toString()).hasMessageMatching(FOREIGN);
    }

    /** Whoever made it while the folder was open may have it open still, and hold a lock on it. */
    @Test
    void aFolderWithAFileOfAnotherUserIsRefused() throws IOException {
        FileRights seen = giveAway(file(folder.resolve("alice.lock"), "rw-------"));
        assertThatThrownBy(() -> seen.makePrivate(folder)).isInstanceOf(ForeignFileException.class)
                .hasMessageMatching(FOREIGN);
    }

    @Test
    void aSymbolicLinkInAFolderIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("alice.lock"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> rights.makePrivate(folder)).isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("alice.lock is a symbolic link; remove it");
    }

    @Test
    void aLinkThatNobodyElseCanHaveMadeIsFollowed() throws IOException {
        Path real = folder.resolve("real");
        rights.makePrivate(real);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        rights.makePrivate(link);
        rights.makePrivate(link.resolve("below"));
        assertThat(permissions(real.resolve("below"))).isEqualTo("rwx------");
    }

    /** As Kubernetes mounts a secret: a link to a file behind a link to the folder of the day. */
    @Test
    void aSecretOfKubernetesIsTaken() throws IOException {
        Path today = Files.createDirectory(folder.resolve("..2026_11_28"));
        Path secret = file(today.resolve("agents"), "rw-------");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_28"));
        Path mounted = Files.createSymbolicLink(folder.resolve("agents"), Path.of("..data/agents"));
        assertThat(rights.problem(mounted, false)).isEmpty();
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-rw----"));
        assertThat(rights.problem(mounted, true)).hasValueSatisfying(why -> assertThat(why).contains("chmod go-w"));
    }

    @Test
    void aLinkOfAnotherUserIsNotFollowed() throws IOException {
        Path secret = file(folder.resolve("agents"), "rw-------");
        Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
        FileRights seen = giveAway(link);
        assertThat(seen.problem(link, true)).hasValueSatisfying(why ->
                assertThat(why).matches("is reached by the symbolic link " + link + " of the user .*|" + FOREIGN));
        assertThatThrownBy(() -> seen.makePrivate(link.resolve("below"))).isInstanceOf(ForeignFileException.class);
    }

    @Test
    void linksThatGoRoundAreAnError() throws IOException {
        Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        assertThat(rights.problem(one, false)).hasValueSatisfying(why -> assertThat(why).contains("symbolic links"));
    }

    @Test
    void aFileOfAnotherUserIsRefusedWhateverItsRights() throws IOException {
        Path file = file(folder.resolve("agents"), "rw-------");
        FileRights seen = giveAway(file);
        assertThat(seen.problem(file, true)).hasValueSatisfying(why ->
                assertThat(why).matches(FOREIGN));
    }

    @ParameterizedTest
    @CsvSource({"rw-------, false, false", "r--------, false, false", "rw-r-----, false, true", "rw-r--r--, false, true",
            "rw-r--r--, true, false", "rw--w----, true, true", "rw-rw-rw-, true, true"})
    void aFileOfOursMayBeReadByOthersOnlyIfAllowedAndWrittenNever(String permissions, boolean allowed, boolean refused)
            throws IOException {
        Path file = file(folder.resolve("agents"), permissions);
        assertThat(rights.problem(file, allowed).isPresent()).isEqualTo(refused);
    }

    /** Root's files are those of the machine; its group's, with fsGroup, are those of the pod. */
    @Test
    void aFileOfRootsIsTakenUnlessAllCanReadIt() throws IOException {
        Path passwd = Path.of("/etc/passwd");
        FileRights seen = new FileRights(nobody);
        assertThat(seen.problem(passwd, false)).isPresent();
        assertThat(seen.problem(passwd, true)).isEmpty();
        if (isRoot()) {
            assertThat(seen.problem(file(folder.resolve("given"), "r--r-----"), false)).isEmpty();
            assertThat(seen.problem(file(folder.resolve("written"), "rw-rw----"), false)).isPresent();
        }
    }

    /** It was looked at in the folder itself only. */
    @Test
    void whatAnotherUserHasDeepInAFolderIsRefused() throws IOException {
        Path deep = folder.resolve("messages").resolve("alice");
        rights.makePrivate(deep);
        FileRights seen = giveAway(file(deep.resolve("1.txt"), "rw-------"));
        assertThatThrownBy(() -> seen.makePrivate(folder)).isInstanceOf(ForeignFileException.class)
                .hasMessageMatching(FOREIGN);
    }

    /** Whoever could write a file could give it a second name, and has it in spite of all that is closed since. */
    @Test
    void aFileThatOthersMayOpenByASecondNameIsRefused() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("in"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = file(inside.resolve("http.jsonl"), "rw-rw-rw-");
        rights.makePrivate(inside);
        Files.createLink(folder.resolve("mine"), file);
        assertThatThrownBy(() -> rights.makePrivate(inside)).isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("hard link").hasMessageContaining("chmod 600 " + inside);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        rights.makePrivate(inside); // as a backup by hard links leaves it
    }

    @ParameterizedTest
    @CsvSource({"rwxrwxrwx, true", "rwxr-xrwx, true", "rwxr-x-wx, true", "rwxrwxr-x, false", "rwxr-xr-x, false"})
    void nothingBelowAFolderInWhichOthersCanExchangeItIsUsed(String permissions, boolean refused) throws IOException {
        Path file = file(folder.resolve("agents"), "rw-------");
        Path data = folder.resolve("data");
        rights.makePrivate(data);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        assertThat(rights.problem(file, false).isPresent()).isEqualTo(refused);
        assertThat(rights.problem(file, true).isPresent()).isEqualTo(refused);
        for (Path each : List.of(data, folder.resolve("new").resolve("below"))) {
            if (refused) {
                assertThatThrownBy(() -> rights.makePrivate(each)).isInstanceOf(ForeignFileException.class)
                        .hasMessageContaining("chmod go-w " + folder);
                assertThat(folder.resolve("new")).doesNotExist();
            } else {
                rights.makePrivate(each);
            }
        }
    }

    /** Of root's group, say; the custom of distributions is one group for each user, with his number. */
    @Test
    void aGroupThatIsNotTheUsersOwnCountsAsOthers() throws IOException {
        if (!isRoot()) {
            return; // only root can give a file to a group
        }
        Path file = file(folder.resolve("agents"), "rw-------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(rights.problem(file, false)).isEmpty();
        Files.setAttribute(folder, "unix:gid", 65534);
        assertThat(rights.problem(file, false)).hasValueSatisfying(why -> assertThat(why).contains("chmod go-w"));
    }

    /** As in /tmp: what is there can be renamed and removed by its owner only. */
    @Test
    void aFolderOfWhichOthersCanTakeNothingAwayIsNoHarm() throws IOException {
        Path file = file(folder.resolve("agents"), "rw-------");
        Files.setAttribute(folder, "unix:mode", 01777);
        assertThat(rights.problem(file, false)).isEmpty();
        rights.makePrivate(folder.resolve("data"));
    }

    /** A device has no end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNoFileIsNotRead(boolean readable) throws IOException {
        assertThat(rights.problem(Path.of("/dev/null"), readable)).hasValueSatisfying(why ->
                assertThat(why).contains("is no file"));
        assertThat(rights.problem(folder, readable)).hasValueSatisfying(why -> assertThat(why).contains("is no file"));
    }

    @Test
    void aFileIsMadeWithItsFinalRightsAndIsLeftAsItIsAfterwards() throws IOException {
        rights.makePrivate(folder);
        rights.makeFile(folder, "messages/alice/1.txt");
        Path file = folder.resolve("messages/alice/1.txt");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(file.getParent())).isEqualTo("rwx------");
        assertThat(permissions(file.getParent().getParent())).isEqualTo("rwx------");
        Files.writeString(file, "text");
        rights.makeFile(folder, "messages/alice/1.txt");
        assertThat(file).hasContent("text");
    }

    /** One of a version that made them otherwise. */
    @Test
    void aFileOfOursThatOthersCanReadIsNarrowed() throws IOException {
        Path file = file(folder.resolve("1.txt"), "rw-r--r--");
        rights.makeFile(folder, "1.txt");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../1.txt", "a/../../1.txt", "/etc/1.txt", "", "."})
    void aFileIsMadeInTheFolderOnly(String name) {
        assertThatThrownBy(() -> rights.makeFile(folder, name)).isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("is not in the folder " + folder);
    }

    @Test
    void aLinkIsNotTakenForTheFile() throws IOException {
        Path elsewhere = file(folder.resolve("elsewhere"), "rw-r--r--");
        Files.createSymbolicLink(folder.resolve("1.txt"), elsewhere);
        assertThatThrownBy(() -> rights.makeFile(folder, "1.txt")).isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("symbolic link");
        assertThat(permissions(elsewhere)).isEqualTo("rw-r--r--");
    }

    /** Makes a file another user's: truly, if the tests run as root, else by looking at it as another user would. */
    private FileRights giveAway(Path file) throws IOException {
        if (!isRoot()) {
            return new FileRights(nobody);
        }
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setOwner(nobody);
        return rights;
    }

    private boolean isRoot() throws IOException {
        return Files.getOwner(folder).equals(Files.getOwner(Path.of("/")));
    }

    private static Path file(Path path, String permissions) throws IOException {
        Files.writeString(path, "alice=secret");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return path;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
