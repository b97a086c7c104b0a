package org.imsession.camel.gws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Whether a file with secrets is its owner's only. */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private OwnerOnly() {
    }

    /**
     * Whether others than its owner may read or write a file; {@code false} where the file system knows no owners
     * (POSIX). Blocks for the disk.
     *
     * @param file the file, not {@code null}
     * @throws IOException if that cannot be found out
     */
    public static boolean isOpenToOthers(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return posix != null && posix.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains);
    }
}
