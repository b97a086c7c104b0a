package org.imsession.camel.conversation.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.imsession.camel.conversation.ConversationBuilder;
import org.imsession.camel.model.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step in front of a file endpoint that replaces files: a conversation replaces its own file, and never that of
 * another one. Two may be called alike: of two servers, say, begun in the same minute, with the same other party and
 * the same end of the session's id. If a file is there that is called as CamelFileName says, whatever its extension,
 * and has not the id of the header {@link ConversationBuilder#CONVERSATION_ID} in it, as all forms of a conversation
 * have, the first digits of the id come into the name. So they do if another node is about to write the first such
 * file: from this step until the exchange is done a file {@code .own-...} says who has the name. As a bean:
 *
 * <pre>
 * camel.beans.own = #class:org.imsession.camel.conversation.route.FileOfItsOwn
 * camel.beans.own.folder = data/conversations
 * </pre>
 */
public class FileOfItsOwn implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(FileOfItsOwn.class);
    private static final int DIGITS = 8;
    private static final String CLAIM = ".own-";

    private enum Owner {
        NOBODY, THIS, ANOTHER
    }

    private Path folder;

    /** @param folder the folder of the file endpoint; not {@code null} */
    public void setFolder(String folder) {
        this.folder = Path.of(folder);
    }

    public String getFolder() {
        return String.valueOf(folder);
    }

    /**
     * @throws IOException              if a file that is called so cannot be read, or the name cannot be claimed
     * @throws IllegalArgumentException if a header is missing
     */
    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String name = message.getHeader(Exchange.FILE_NAME, String.class);
        String id = message.getHeader(ConversationBuilder.CONVERSATION_ID, String.class);
        if (name == null || name.lastIndexOf('.') < 0 || id == null || id.length() < DIGITS) {
            throw new IllegalArgumentException("A conversation has the headers " + Exchange.FILE_NAME + " (" + name
                    + ") and " + ConversationBuilder.CONVERSATION_ID + " (" + id + "); transform it first");
        }
        int end = name.lastIndexOf('.');
        Path called = folder.resolve(name.substring(0, end));
        String longer = name.substring(0, end) + " " + id.substring(0, DIGITS) + name.substring(end);
        if (Files.exists(folder.resolve(longer)) || !has(exchange, called, id)) {
            message.setHeader(Exchange.FILE_NAME, longer);
        }
    }

    /** Whose files are there has the name, and needs no claim: one that was left by another would take it away. */
    private boolean has(Exchange exchange, Path name, String id) throws IOException {
        Files.createDirectories(name.getParent());
        Owner before = owner(name, id);
        // looked at again when it is claimed: whoever had it before has written by then
        return before == Owner.THIS
                || before == Owner.NOBODY && claim(exchange, name, id) && owner(name, id) != Owner.ANOTHER;
    }

    /** Whether the name is free, or has been claimed for the same conversation, perhaps by who died with it. */
    private boolean claim(Exchange exchange, Path name, String id) throws IOException {
        Path claim = name.resolveSibling(CLAIM + name.getFileName());
        try {
            Files.createFile(claim);
        } catch (FileAlreadyExistsException e) {
            return claimedFor(claim, id);
        }
        try {
            write(claim, id);
        } catch (IOException e) {
            release(claim); // an empty one would be nobody's, and stay
            throw e;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                release(claim);
            }
        });
        return true;
    }

    /** For a test: the disk may be full. */
    void write(Path claim, String id) throws IOException {
        Files.writeString(claim, id, StandardOpenOption.WRITE);
    }

    private static boolean claimedFor(Path claim, String id) throws IOException {
        try {
            return contains(claim, id);
        } catch (NoSuchFileException e) {
            return false; // another one had it a moment ago
        }
    }

    private static void release(Path claim) {
        try {
            Files.deleteIfExists(claim);
        } catch (IOException e) {
            LOG.debug("{} is left to retention: {}", claim, LogText.line(e.toString()));
        }
    }

    /** Whose the files are that are called so. */
    private static Owner owner(Path name, String id) throws IOException {
        String called = name.getFileName() + ".";
        DirectoryStream.Filter<Path> same = file -> file.getFileName().toString().startsWith(called);
        Owner owner = Owner.NOBODY;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(name.getParent(), same)) {
            for (Path file : files) {
                if (!contains(file, id)) {
                    return Owner.ANOTHER;
                }
                owner = Owner.THIS;
            }
        }
        return owner;
    }

    /** The id is ASCII, whatever the rest is. */
    private static boolean contains(Path file, String id) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).contains(id);
    }
}
