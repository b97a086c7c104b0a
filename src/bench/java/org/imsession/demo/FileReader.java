package org.imsession.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the lines that are appended to the files of a folder; what was there before is skipped. */
final class FileReader {

    /** Of the CloudEvent: the sequence of the event. */
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final Path folder;
    private final Board board;
    private final Map<Path, Integer> read = new HashMap<>();

    FileReader(Path folder, Board board) {
        this.folder = folder;
        this.board = board;
        files().forEach(file -> read.put(file, content(file).length));
    }

    /** Shows the lines that are complete. */
    synchronized void look() {
        for (Path file : files()) {
            byte[] content = content(file);
            int from = read.getOrDefault(file, 0);
            for (int to = from; to < content.length; to++) {
                if (content[to] == '\n') {
                    show(file, new String(Arrays.copyOfRange(content, from, to), StandardCharsets.UTF_8));
                    from = to + 1;
                }
            }
            read.put(file, from);
        }
    }

    private void show(Path file, String line) {
        String agent = folder.relativize(file).getName(1).toString().replace(".jsonl", "");
        Matcher id = ID.matcher(line);
        board.arrived(Board.Sink.FILE, agent, id.find() ? id.group(1) : line, line);
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
