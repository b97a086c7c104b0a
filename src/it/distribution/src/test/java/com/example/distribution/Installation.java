package com.example.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The zip, unpacked. */
record Installation(Path home) {

    static final String VERSION = System.getProperty("imsession.version");
    static final Path ROOT = Path.of(System.getProperty("root")).toAbsolutePath().normalize();

    static Installation unpack(Path folder) throws IOException {
        Path zip = ROOT.resolve("target/camel-imsession-" + VERSION + "-bin.zip");
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            Path top = files.getPath("/");
            try (Stream<Path> all = Files.walk(top)) {
                for (Path each : (Iterable<Path>) all::iterator) {
                    Path target = folder.resolve(top.relativize(each).toString());
                    if (Files.isDirectory(each)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(each, target);
                        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(each));
                    }
                }
            }
        }
        return new Installation(folder.resolve("camel-imsession-" + VERSION));
    }

    String command(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    Path lib() {
        return home.resolve("lib");
    }

    String read(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
