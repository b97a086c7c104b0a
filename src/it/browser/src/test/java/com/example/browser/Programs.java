package com.example.browser;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests need that no library brings. */
final class Programs {

    private Programs() {
    }

    /** Of these programs that which is on the path. */
    static Path found(String packages, String... names) {
        for (String name : names) {
            for (String directory : System.getenv("PATH").split(":")) {
                Path program = Path.of(directory, name);
                if (Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        throw new AssertionError((names[0].startsWith("chrom") ? "no browser: " : "") + "there is no " + names[0]
                + " on the path; on Debian or Ubuntu, apt-get install " + packages);
    }
}
