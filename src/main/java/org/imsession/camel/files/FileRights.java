package org.imsession.camel.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose a file or folder is, and who else may touch it, where the file system knows owners (POSIX); elsewhere nothing
 * is found wrong. A symbolic link on the way is followed if it is this user's or root's, for Kubernetes mounts secrets
 * behind links of root's; nobody else can have put it there. Nobody else can exchange anything on the way either, so
 * what was found holds until the file is opened. All methods block for the disk.
 */
public final class FileRights {

    /** What kind of file a mode is of, and that it is a pipe (stat(2)). */
    private static final int TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final Set<PosixFilePermission> WRITE = Set.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> READ = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> READ_BY_ALL = Set.of(PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int WRITABLE_BY_GROUP = 0020;
    /** What is in such a folder can be renamed and removed by its owner only, as in /tmp. */
    private static final int STICKY = 01000;
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
     * Why a file with secrets may not be used, with the remedy; empty if it may. It must be a file, or a pipe, and this
     * user's or root's, nobody else may write it or, unless allowed, read it, and nobody else can put another in its
     * place. The group may read what is root's: so Kubernetes gives secrets to a process that is not root's
     * (defaultMode 0440 with fsGroup).
     *
     * @param file             the file, not {@code null}
     * @param readableByOthers whether others may read it
     * @throws IOException if that cannot be found out
     */
    public Optional<String> problem(Path file, boolean readableByOthers) throws IOException {
        if (!knowsOwners(file)) {
            return Optional.empty();
        }
        Optional<String> way = way(file);
        if (way.isPresent()) {
            return way;
        }
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
        if (!found.isRegularFile() && !isPipe(file)) {
            return Optional.of("is no file; give the name of one"); // a device has no end
        }
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

    /** Whoever reads one waits no longer for it than for a disk. */
    private static boolean isPipe(Path file) throws IOException {
        return knowsModes(file) && ((int) Files.getAttribute(file, "unix:mode") & TYPE) == PIPE;
    }

    /**
     * Makes a folder that nobody else can enter, in its first moment already, so that whatever rights a file in it is
     * made with, nobody else can open it. One that is there is used only if it is such a folder, and all that is in it
     * is this user's.
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
        refuseWay(folder);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode(OWNER));
            refuseWay(folder); // somebody may have been quicker, with a link
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
        Files.walkFileTree(folder.toRealPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes ignored) throws IOException {
                refuseForeign(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes ignored) throws IOException {
                refuseForeign(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // another process of this user works here
                }
                refuseForeign(each); // which says more than that it cannot be entered
                throw e;
            }
        });
    }

    /**
     * Makes a file with its final rights (0600), and the folders between (0700), if it is not there. One that is there
     * and can be read by others is narrowed: in a folder that has always been closed nobody has it open.
     *
     * @param folder one that {@link #makePrivate} has made, not {@code null}
     * @param name   the name of the file below it, not {@code null}
     * @throws ForeignFileException if it is a link, another user's, or not below the folder
     * @throws IOException          if it cannot be made
     */
    public void makeFile(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || file.equals(folder.normalize())) {
            throw new ForeignFileException(file, "is not in the folder " + folder.toAbsolutePath());
        }
        if (!knowsOwners(folder)) {
            Files.createDirectories(file.getParent());
            return;
        }
        Files.createDirectories(file.getParent(), mode(OWNER));
        try {
            Files.createFile(file, mode(OWNER_FILE));
        } catch (FileAlreadyExistsException e) {
            refuseForeign(file);
            if (Files.isRegularFile(file) && !OWNER_FILE.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, OWNER_FILE);
            }
        }
    }

    /**
     * It was made while the folder was not closed; whoever made it, or has a name for it elsewhere, may have it open.
     */
    private void refuseForeign(Path file) throws IOException {
        PosixFileAttributes found;
        try {
            found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isRegularFile() && !OWNER.containsAll(found.permissions()) && names(file) > 1) {
                throw new ForeignFileException(file, "has a second name (hard link), by which other users may open it;"
                        + " run chmod 600 " + file.toAbsolutePath());
            }
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

    private static int names(Path file) throws IOException {
        return knowsModes(file) ? (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) : 1;
    }

    private void refuseWay(Path folder) throws IOException {
        Optional<String> way = way(folder);
        if (way.isPresent()) {
            throw new ForeignFileException(folder, way.get());
        }
    }

    /** A link on the way that is neither this user's nor root's, or a folder in which others can exchange the next. */
    private Optional<String> way(Path file) throws IOException {
        Path rest = file.toAbsolutePath();
        Path way = rest.getRoot();
        for (int links = 0; links <= MOST_LINKS;) {
            Optional<String> open = exchangeable(way);
            if (open.isPresent()) {
                return open;
            }
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
            if (behind == null || !Files.exists(next)) {
                return Optional.empty();
            }
            way = next;
            rest = behind;
        }
        return Optional.of("is reached by more than " + MOST_LINKS + " symbolic links; give the path without them");
    }

    /**
     * Whether others can put something else in the place of what is in a folder, with the remedy. A group that has the
     * number of the owner is his own (the custom of Linux distributions). A volume that root has mounted is open to the
     * processes of a container (Kubernetes' emptyDir is 0777, a volume with fsGroup 2775), which are this user's.
     */
    private Optional<String> exchangeable(Path folder) throws IOException {
        if (!knowsModes(folder)) {
            return Optional.empty();
        }
        Map<String, Object> found = Files.readAttributes(folder, "unix:owner,mode,uid,gid,dev");
        UserPrincipal owner = (UserPrincipal) found.get("owner");
        if (!isTrusted(owner)) {
            return Optional.of("is below the folder " + folder + " of the user " + owner.getName()
                    + ", who can put another in its place; give one elsewhere");
        }
        int mode = (int) found.get("mode");
        int others = found.get("gid").equals(found.get("uid")) ? WRITABLE_BY_ALL : WRITABLE_BY_ALL | WRITABLE_BY_GROUP;
        boolean mounted = owner.equals(root()) && folder.getParent() != null
                && !Files.getAttribute(folder.getParent(), "unix:dev").equals(found.get("dev"));
        if ((mode & others) == 0 || (mode & STICKY) != 0 || mounted) {
            return Optional.empty();
        }
        return Optional.of("is below the folder " + folder + ", in which other users can put another in its place; run"
                + " chmod go-w " + folder);
    }

    private boolean isTrusted(UserPrincipal owner) throws IOException {
        return owner.equals(self) || owner.equals(root());
    }

    /** By another name in a container whose users are not those of the machine. */
    private static UserPrincipal root() throws IOException {
        return Files.getOwner(Path.of("/"));
    }

    private static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static boolean knowsModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }
}
