package org.imsession.camel.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that cannot be had is told with what is in its way, and what to do. */
class FolderTroubleTest {

    @TempDir
    Path place;

    @Test
    void aFileInItsPlaceIsTold() throws IOException {
        Path file = Files.createFile(place.resolve("sessions"));
        assertThat(FolderTrouble.of(file, new IOException()))
                .isEqualTo("cannot be made: it is a file, or a link to none; move that away, or name another folder");
        assertThat(FolderTrouble.of(file.resolve("a/b"), new IOException())).contains(file + " is a file", "move that");
        Path nowhere = Files.createSymbolicLink(place.resolve("link"), place.resolve("nothing"));
        assertThat(FolderTrouble.of(nowhere, new IOException())).contains("a link to none");
    }

    @Test
    void aMissingOneIsToldWithTheFolderThatItsUserMayNotWriteTo() {
        assertThat(FolderTrouble.of(place.resolve("a/b"), new AccessDeniedException("x"), each -> false))
                .startsWith("is missing and cannot be made").contains(System.getProperty("user.name"),
                        "may not write to " + place + ";", "make it", "chown");
    }

    @Test
    void oneThatItsUserMayNotUseIsToldWithTheUser() {
        assertThat(FolderTrouble.of(place, new AccessDeniedException("x"), each -> false))
                .startsWith("is closed to user " + System.getProperty("user.name")).contains("chmod 700");
    }

    @Test
    void whateverElseIsWrongIsToldWithItsReason() {
        assertThat(FolderTrouble.of(place, new FileSystemException("f", null, "No space left on device")))
                .contains("No space left on device: f", "look at");
        assertThat(FolderTrouble.of(place, new IOException("?"))).contains("IOException");
    }
}
