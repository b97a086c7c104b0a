package org.imsession.camel.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.imsession.camel.files.FileRights;
import org.imsession.camel.files.SecretFile;
import org.imsession.camel.model.LogText;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.UnavailableException;

/**
 * One password in a file of its own, as Kubernetes, Docker and systemd mount secrets: the content in UTF-8 as it is,
 * but for one line end at the end. Nothing in it is taken for anything else, so every password of printable characters
 * can stand in it. Read before each login. Who may read the file is the business of who mounts it; one that another
 * user owns or can write is refused, see {@link FileRights}. Equal to another with the same user name and file.
 *
 * @param username the login name to send
 * @param file     the file
 */
public record PasswordFile(String username, Path file) implements AgentCredentials {

    public PasswordFile {
        file = file.toAbsolutePath();
    }

    /**
     * The password, as it is now. Blocks for the disk.
     *
     * @throws UnavailableException if there is none; the message says why, and nothing of the content
     */
    public Credential read() {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would hold up the start
            throw unavailable("is no file; give the name of a file that holds the password and nothing else");
        }
        try {
            Optional<String> foreign = FileRights.ofThisUser().problem(file, true);
            if (foreign.isPresent()) {
                throw unavailable("is not used, because it " + foreign.get());
            }
            return new Credential.Password(username, password(StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(SecretFile.read(file))).toString()));
        } catch (NoSuchFileException e) {
            throw unavailable("does not exist; check the name and that the secret is mounted");
        } catch (CharacterCodingException e) {
            throw unavailable("is not valid UTF-8; save it so");
        } catch (IOException e) {
            throw unavailable("cannot be read (" + (e.getClass() == IOException.class ? e.getMessage()
                    : e.getClass().getSimpleName()) + "); check that it is a file that the user of this process may"
                    + " read");
        } catch (IllegalArgumentException e) {
            throw unavailable("cannot be used: " + e.getMessage());
        }
    }

    private static String password(String content) {
        int end = content.endsWith("\r\n") ? 2 : content.endsWith("\n") ? 1 : 0;
        return content.substring(0, content.length() - end);
    }

    @Override
    public CompletionStage<Credential> credential(String agent) {
        try {
            return CompletableFuture.completedFuture(read());
        } catch (UnavailableException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private UnavailableException unavailable(String why) {
        return new UnavailableException("The passwordFile " + file + " " + why);
    }

    /** Not the content. */
    @Override
    public String toString() {
        return LogText.line("password file " + file);
    }
}
