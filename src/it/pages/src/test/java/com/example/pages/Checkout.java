package com.example.pages;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of the project as a clone has it, and what the compiler has once made of it: the same sources give the same classes,
 * and Maven sees by their times that they are the same.
 */
final class Checkout {

    private static final Set<String> COMPILED = Set.of("classes", "test-classes", "maven-status", "generated-sources",
            "generated-test-sources", "generated-resources");

    private Checkout() {
    }

    /** Of what was in the folder, only what was compiled is left. */
    static void begin(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> files = Files.walk(to)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (!isCompiled(to.relativize(each)) && !isFull(each)) {
                        Files.delete(each);
                    }
                }
            }
        }
        copy(from, to);
    }

    private static boolean isCompiled(Path path) {
        return path.getNameCount() > 1 && path.startsWith("target") && COMPILED.contains(path.getName(1).toString());
    }

    private static boolean isFull(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /** Nothing that was built or written, and the times of what is copied. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (Set.of("target", ".git", "data").contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
