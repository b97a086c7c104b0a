package org.imsession.camel.gws;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.imsession.camel.gws.GwsException.Kind;

/**
 * Passwords of many agents in one file of lines {@code agent=password}, in UTF-8 and otherwise as
 * {@link Properties#load(Reader)} takes them; the agent is the login name, too. Read again when it has changed. A file
 * that others than its owner can read is refused; see {@link FileRights}.
 */
public final class CredentialsFile implements AgentCredentials {

    private final Path file;
    private Properties passwords = new Properties();
    private FileTime readAt = FileTime.fromMillis(0);
    private long size = -1;

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
        } catch (GwsException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The name of the file. */
    @Override
    public String toString() {
        return "credentials file " + file;
    }

    private void read() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            refuseIfOpen();
            if (now.lastModifiedTime().equals(readAt) && now.size() == size) {
                return;
            }
            Properties fresh = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                fresh.load(reader);
            }
            passwords = fresh;
            readAt = now.lastModifiedTime();
            size = now.size();
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

    private GwsException unavailable(String why) {
        return new GwsException(Kind.CREDENTIALS_UNAVAILABLE, "The credentials file " + file + " " + why);
    }
}
