package org.imsession.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal of 80 columns, which knows what the demo makes use of, and what was printed to it. */
final class Vt {

    private static final int COLUMNS = 80;
    private static final Pattern PIECE = Pattern.compile("\u001b\\[(\\d+)?([ABKm])|\r|\n|[^\u001b\r\n]");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    /** All that was printed, as it was printed. */
    String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** The lines that are to be seen. */
    List<String> screen() {
        List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        int column = 0;
        String text = printed();
        Matcher piece = PIECE.matcher(text);
        int end = 0;
        while (piece.find()) {
            if (piece.start() != end) {
                throw new AssertionError("Not known to this terminal: " + text.substring(end, piece.start()));
            }
            end = piece.end();
            int number = piece.group(1) == null ? 0 : Integer.parseInt(piece.group(1));
            switch (piece.group(2) == null ? piece.group() : "ESC " + piece.group(2)) {
                case "ESC A" -> row = Math.max(0, row - number);
                case "ESC B" -> row = Math.min(rows.size() - 1, row + number);
                case "ESC K" -> rows.get(row).setLength(column);
                case "ESC m" -> { }
                case "\r" -> column = 0;
                case "\n" -> {
                    column = 0;
                    row++;
                    if (row == rows.size()) {
                        rows.add(new StringBuilder());
                    }
                }
                default -> {
                    if (column == COLUMNS) {
                        throw new AssertionError("It wraps: " + rows.get(row));
                    }
                    rows.get(row).replace(column, ++column, piece.group());
                }
            }
        }
        return rows.stream().map(StringBuilder::toString).map(String::stripTrailing).toList();
    }
}
