package org.imsession.camel.spi;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.imsession.camel.files.FileRights;
import org.imsession.camel.files.SecretFile;
import org.imsession.camel.model.LogText;

/**
 * Passwords of many agents in one file of lines {@code agent=password}, in UTF-8 and otherwise as
 * {@link Properties#load(Reader)} takes them; the agent is the login name, too. Looked at before each login, by its
 * content. A file that others than its owner can read is refused; see {@link FileRights}.
 */
public final class CredentialsFile implements AgentCredentials {

    private final Path file;
    private Properties passwords = new Properties();
    private byte[] content = {};

    /**
     * Nothing is read yet.
     *
     * @param file the file, not {@code null}
     */
    public CredentialsFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public synchronized CompletionStage<Credential> credential(String agent) {
        try {
            read();
            String password = passwords.getProperty(agent);
            if (password == null) {
                throw unavailable("has no line for agent " + agent + "; add " + agent + "=<password>");
            }
            return CompletableFuture.completedFuture(new Credential.Password(agent, password));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(unavailable("cannot be used for agent " + agent + ": "
                    + e.getMessage()));
        } catch (UnavailableException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The name of the file. */
    @Override
    public String toString() {
        return LogText.line("credentials file " + file);
    }

    private void read() {
        try {
            refuseIfOpen();
            byte[] now = SecretFile.read(file);
            if (Arrays.equals(now, content)) {
                return;
            }
            Properties fresh = new Properties();
            fresh.load(new StringReader(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(now)).toString()));
            passwords = fresh;
            content = now;
        } catch (IOException | IllegalArgumentException e) {
            // no cause: the parser would quote the line
            throw unavailable("cannot be read (" + e.getClass().getSimpleName() + "); check that it is there, "
                    + "readable by the user of this process, and valid UTF-8");
        }
    }

    private void refuseIfOpen() throws IOException {
        Optional<String> problem = FileRights.ofThisUser().problem(file, false);
        if (problem.isPresent()) {
            throw unavailable("is not used, because it " + problem.get());
        }
    }

    private UnavailableException unavailable(String why) {
        return new UnavailableException("The credentials file " + file + " " + why);
    }
}
