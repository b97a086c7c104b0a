package com.example.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line "page" of blocks.txt.
 *
 * @param path   from the root of the project
 * @param after  the name of the page whose folders and HOME it goes on with, else empty
 * @param server whether it says that server, user and password are in the environment
 * @param database whether it says that there is a PostgreSQL server
 * @param notes  what is said of its blocks
 */
record Page(Path path, String after, boolean server, boolean database, List<Note> notes) {

    private static final Pattern LINE = Pattern.compile("page (\\S+)(?: after (\\S+))?( with server)?( with database)?");

    /**
     * What is said of a block.
     *
     * @param page  name of the page
     * @param first first line of the block
     * @param what  until, serve, in, except
     * @param text  which
     */
    record Note(String page, String first, String what, String text) {
    }

    static List<Page> all(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Note> notes = lines.stream().map(each -> each.split(" \\| ")).filter(each -> each.length == 4)
                .map(each -> new Note(each[0], each[1], each[2], each[3])).toList();
        return lines.stream().map(LINE::matcher).filter(Matcher::matches).map(line -> {
            Path path = Path.of(line.group(1));
            return new Page(path, line.group(2) == null ? "" : line.group(2), line.group(3) != null,
                    line.group(4) != null, notes.stream().filter(each -> each.page().equals(path.getFileName().toString())).toList());
        }).toList();
    }

    String name() {
        return path.getFileName().toString();
    }

    /** What is said of this block. */
    List<String> notes(Block block, String what) {
        return notes.stream().filter(each -> each.first().equals(block.firstLine()) && each.what().equals(what))
                .map(Note::text).toList();
    }

    /** The ports that its blocks name, beside those of the simulator and of the samples, which they need not name. */
    static Stream<Integer> ports(List<Block> blocks) {
        Pattern named = Pattern.compile("(?:127\\.0\\.0\\.1:|localhost:|--port[ =])(\\d{4,5})");
        return Stream.concat(Stream.of(8090, 9876), blocks.stream().filter(Block::isShell)
                .flatMap(each -> named.matcher(each.code()).results()).map(each -> Integer.valueOf(each.group(1)))).distinct();
    }
}
