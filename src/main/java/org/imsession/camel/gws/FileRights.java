package org.imsession.camel.gws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose a file or folder is, and who else may touch it, where the file system knows owners (POSIX); elsewhere nothing is
 * found wrong. A symbolic link is followed if it is this user's or root's, for Kubernetes mounts secrets behind links of
 * root's; nobody else can have put it there. All methods block for the disk.
 */
public final class FileRights {

    private static final Set<PosixFilePermission> WRITE = Set.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> READ = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> READ_BY_ALL = Set.of(PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    /** As Linux has it. */
    private static final int MOST_LINKS = 40;

    private final UserPrincipal self;

    FileRights(UserPrincipal self) {
        this.self = self;
    }

    /** Seen by the user of this process. */
    public static FileRights ofThisUser() throws IOException {
        Path process = Path.of("/proc/self");
        if (Files.exists(process)) {
            return new FileRights(Files.getOwner(process));
        }
        Path probe = Files.createTempFile("imsession", ".probe"); // the name of a user may not be known in a container
        try {
            return new FileRights(Files.getOwner(probe));
        } finally {
            Files.delete(probe);
        }
    }

    /**
     * Why a file with secrets may not be used, with the remedy; empty if it may. It must be this user's or root's, and
     * nobody else may write it or, unless allowed, read it. The group may read what is root's: so Kubernetes gives
     * secrets to a process that is not root's (defaultMode 0440 with fsGroup).
     *
     * @param file             the file, not {@code null}
     * @param readableByOthers whether others may read it
     * @throws IOException if that cannot be found out
     */
    public Optional<String> problem(Path file, boolean readableByOthers) throws IOException {
        if (!knowsOwners(file)) {
            return Optional.empty();
        }
        Optional<String> link = foreignLink(file);
        if (link.isPresent()) {
            return link;
        }
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
        if (!isTrusted(found.owner())) {
            return Optional.of("belongs to the user " + found.owner().getName() + "; make a copy of your own");
        }
        Set<PosixFilePermission> readers = readableByOthers ? Set.of()
                : found.owner().equals(self) ? READ : READ_BY_ALL;
        if (found.permissions().stream().anyMatch(each -> WRITE.contains(each) || readers.contains(each))) {
            return Optional.of("can be " + (readableByOthers ? "" : "read or ") + "written by other users; run chmod "
                    + (readableByOthers ? "go-w " : "600 ") + file);
        }
        return Optional.empty();
    }

    /**
     * Makes a folder that nobody else can enter, in its first moment already, so that whatever rights a file in it is
     * made with, nobody else can open it. One that is there is used only if it is such a folder, and what is in it is
     * this user's.
     *
     * @param folder the folder, not {@code null}
     * @throws ForeignFileException if others may use it, with the remedy
     * @throws IOException          if it cannot be made or looked at
     */
    public void makePrivate(Path folder) throws IOException {
        if (!knowsOwners(folder)) {
            Files.createDirectories(folder);
            return;
        }
        Optional<String> link = foreignLink(folder);
        if (link.isPresent()) {
            throw new ForeignFileException(folder, link.get());
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode(OWNER));
        }
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
        if (!found.owner().equals(self)) {
            throw new ForeignFileException(folder, "belongs to the user " + found.owner().getName()
                    + "; give another folder, or run chown");
        }
        if (!OWNER.containsAll(found.permissions())) {
            throw new ForeignFileException(folder, "can be entered by other users; run chmod 700 "
                    + folder.toAbsolutePath());
        }
        try (Stream<Path> content = Files.list(folder)) {
            for (Path each : (Iterable<Path>) content::iterator) {
                refuseForeign(each);
            }
        }
    }

    /** It was made while the folder was not closed; whoever made it may have it open still. */
    private void refuseForeign(Path file) throws IOException {
        PosixFileAttributes found;
        try {
            found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // another process of this user works here
        }
        if (!found.owner().equals(self)) {
            throw new ForeignFileException(file, "belongs to the user " + found.owner().getName() + "; remove it");
        }
        if (found.isSymbolicLink()) {
            throw new ForeignFileException(file, "is a symbolic link; remove it");
        }
    }

    /** A link on the way that is neither this user's nor root's. */
    private Optional<String> foreignLink(Path file) throws IOException {
        Path rest = file.toAbsolutePath();
        Path way = rest.getRoot();
        for (int links = 0; links <= MOST_LINKS;) {
            Path next = way.resolve(rest.getName(0));
            Path behind = rest.getNameCount() > 1 ? rest.subpath(1, rest.getNameCount()) : null;
            if (Files.isSymbolicLink(next)) {
                UserPrincipal owner = Files.getOwner(next, LinkOption.NOFOLLOW_LINKS);
                if (!isTrusted(owner)) {
                    return Optional.of("is reached by the symbolic link " + next + " of the user " + owner.getName()
                            + "; give the path without it");
                }
                Path target = way.resolve(Files.readSymbolicLink(next));
                next = target.getRoot();
                behind = behind == null ? next.relativize(target) : next.relativize(target).resolve(behind);
                links++;
            }
            if (behind == null) {
                return Optional.empty();
            }
            way = next;
            rest = behind;
        }
        return Optional.of("is reached by more than " + MOST_LINKS + " symbolic links; give the path without them");
    }

    private boolean isTrusted(UserPrincipal owner) throws IOException {
        return owner.equals(self) || owner.equals(Files.getOwner(Path.of("/")));
    }

    private static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }
}
