package com.example.pages;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a page shows of an output: numbers may be others, three dots stand for anything, and between its lines, and in another
 * order, there may be more. A line without dots is a whole line.
 *
 * @param shown the text on the page
 */
record Shape(String shown) {

    boolean isIn(String printed) {
        return missingIn(printed).isEmpty();
    }

    /** The first shown line that was not printed; empty if all were. */
    String missingIn(String printed) {
        List<String> lines = printed.lines().map(String::stripTrailing).toList();
        return shown.lines().map(String::stripTrailing)
                .filter(line -> lines.stream().noneMatch(pattern(line).asMatchPredicate())).findFirst().orElse("");
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(Stream.of(line.split("(?<=\\.\\.\\.)|(?=\\.\\.\\.)"))
                .map(part -> part.equals("...") ? ".*" : numbers(part)).collect(Collectors.joining()));
    }

    private static String numbers(String part) {
        return Stream.of(part.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)"))
                .map(each -> each.matches("\\d+") ? "\\d+" : Pattern.quote(each)).collect(Collectors.joining());
    }
}
