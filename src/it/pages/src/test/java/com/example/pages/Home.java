package com.example.pages;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The HOME of a newcomer. It is empty at the begin of a page, but for what Maven has once downloaded: a file that is
 * downloaded again is the same file, and takes minutes. What was installed, and so came from no public repository, is not
 * there, since Maven writes beside each file where it came from.
 *
 * @param folder of the home
 */
record Home(Path folder) {

    private static final String ORIGINS = "_remote.repositories";

    private Path repository() {
        return folder.resolve(".m2/repository");
    }

    /** Takes the downloads of another repository, too; those of the build that runs this. */
    void takeDownloads(Path other) throws IOException {
        for (Path each : list(other)) {
            Path folderOfOne = each.getParent();
            Path to = repository().resolve(other.relativize(folderOfOne));
            if (each.endsWith(ORIGINS) && !isInstalled(each) && !Files.exists(to)) {
                Files.createDirectories(to);
                try (Stream<Path> files = Files.list(folderOfOne)) {
                    for (Path file : files.filter(Home::isKept).toList()) {
                        copy(file, to.resolve(file.getFileName()));
                    }
                }
            }
        }
    }

    private static boolean isKept(Path file) {
        return Files.isRegularFile(file) && !file.toString().endsWith(".lastUpdated");
    }

    /** Maven changes its own notes in their place, and replaces all else. */
    private static void copy(Path file, Path to) throws IOException {
        try {
            if (file.endsWith(ORIGINS)) {
                Files.copy(file, to);
            } else {
                Files.createLink(to, file);
            }
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, to);
        }
    }

    /** Leaves nothing but downloads. */
    void begin() throws IOException {
        Files.createDirectories(repository());
        for (Path each : list(folder)) {
            if (!each.startsWith(repository()) || each.endsWith("maven-metadata-local.xml")) {
                Files.delete(each);
            } else if (each.endsWith(ORIGINS) && isInstalled(each)) {
                delete(each.getParent());
            }
        }
    }

    private static boolean isInstalled(Path origins) throws IOException {
        return Files.readAllLines(origins).stream().anyMatch(line -> line.endsWith(">="));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
