package org.imsession.camel.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Why a folder cannot be had, in words that say what to do: a file is in its place, it cannot be made, or no right. */
public final class FolderTrouble {

    private FolderTrouble() {
    }

    /**
     * What stands behind "The folder X ".
     *
     * @param folder  the folder that is wanted, not {@code null}
     * @param failure what came of it
     */
    public static String of(Path folder, IOException failure) {
        return of(folder, failure, each ->
                Files.isReadable(each) && Files.isWritable(each) && Files.isExecutable(each));
    }

    /** With who may use a folder, which the administrator always may. */
    static String of(Path folder, IOException failure, Predicate<Path> usable) {
        Path wanted = folder.toAbsolutePath().normalize();
        Path there = wanted;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            there = there.getParent();
        }
        String user = System.getProperty("user.name");
        if (!Files.isDirectory(there)) {
            return "cannot be made: " + (there.equals(wanted) ? "it" : there) + " is a file, or a link to none; move"
                    + " that away, or name another folder";
        }
        if (!usable.test(there)) {
            return there.equals(wanted) ? "is closed to user " + user + "; run chown or chmod 700 on it, or name"
                    + " another folder" : "is missing and cannot be made, for user " + user + " may not write to "
                    + there + "; make it, give it to that user by chown, or name another folder";
        }
        return "cannot be used (" + reason(failure) + "); look at the rights in it and at the disk, or name another"
                + " folder";
    }

    private static String reason(IOException failure) {
        if (!(failure instanceof FileSystemException known)) {
            return failure.getClass().getSimpleName();
        }
        return (known.getReason() == null ? known.getClass().getSimpleName() : known.getReason())
                + (known.getFile() == null ? "" : ": " + known.getFile());
    }
}
