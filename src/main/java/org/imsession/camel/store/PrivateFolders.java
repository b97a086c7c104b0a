package org.imsession.camel.store;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.imsession.camel.files.FileRights;
import org.imsession.camel.files.FolderTrouble;
import org.imsession.camel.files.ForeignFileException;
import org.imsession.camel.model.LogText;

/**
 * Folders for what routes write: made for this user alone (0700, where the file system is POSIX) before anything is in
 * them, because Camel, a broker or a file lock makes its files with the rights that the umask leaves and narrows them
 * later or never. Folders that others own or can enter are refused. As a bean:
 *
 * <pre>
 * camel.beans.folders = #class:org.imsession.camel.store.PrivateFolders
 * camel.beans.folders.folders = data/im,data/broker
 * </pre>
 *
 * As a step in front of a file endpoint that appends, a bean of one folder makes the file, too, with its final rights
 * (0600): the one that the header CamelFileName names, below the folder.
 */
public class PrivateFolders implements Processor {

    private String folders;

    /**
     * Makes and checks them, at once: a bean is there before routes, brokers and cluster services start.
     *
     * @param folders paths, separated by commas; not {@code null}
     * @throws IllegalArgumentException if one cannot be had, with what to do
     */
    public void setFolders(String folders) {
        this.folders = folders;
        for (String folder : folders.split(",")) {
            if (!folder.isBlank()) {
                make(Path.of(folder.strip()));
            }
        }
    }

    public String getFolders() {
        return folders;
    }

    /**
     * Makes the file of the header CamelFileName if it is not there.
     *
     * @throws IOException              if it cannot be made, or is another's or a link
     * @throws IllegalArgumentException if there is no such header, or not one folder
     */
    @Override
    public void process(Exchange exchange) throws IOException {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        if (name == null || folders == null || folders.contains(",")) {
            throw new IllegalArgumentException("A file is made in one folder and has a name; set the folder of this"
                    + " bean (" + folders + ") and the header " + Exchange.FILE_NAME + " (" + name + ")");
        }
        FileRights.ofThisUser().makeFile(Path.of(folders.strip()), name);
    }

    private static void make(Path folder) {
        try {
            FileRights.ofThisUser().makePrivate(folder);
        } catch (ForeignFileException e) {
            throw new IllegalArgumentException("The folder " + LogText.line(folder.toString()) + " is not safe: "
                    + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The folder " + LogText.line(folder.toAbsolutePath().toString())
                    + " " + FolderTrouble.of(folder, e), e);
        }
    }
}
