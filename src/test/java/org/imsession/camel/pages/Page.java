package org.imsession.camel.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page for users.
 *
 * @param path where it is, from the root of the project
 * @param text all of it
 */
public record Page(Path path, String text) {

    private static final Path MANUAL = Path.of("src/main/docs");
    private static final Pattern HEADING = Pattern.compile("(?m)^(#+) (.*)$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern NAMED = Pattern.compile("`([\\w./-]+\\.(?:xml|java|properties|yaml))`[^`]*\\n\\n\\z");

    /** The README. */
    public static Page readme() {
        return of(Path.of("README.md"));
    }

    /**
     * A page of the manual.
     *
     * @param name such as guarantee
     */
    public static Page manual(String name) {
        return of(MANUAL.resolve(name + ".md"));
    }

    /** The README first, then the manual. */
    public static List<Page> all() {
        try (Stream<Path> files = Files.list(MANUAL)) {
            return Stream.concat(Stream.of(readme()), files.sorted().map(Page::of)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of all. */
    public static String allText() {
        return String.join("\n", all().stream().map(Page::text).toList());
    }

    static Page of(Path path) {
        try {
            return new Page(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What stands below a heading, up to the next one of its level or above.
     *
     * @param heading without its number signs
     */
    public String section(String heading) {
        Matcher headings = HEADING.matcher(prose());
        while (headings.find()) {
            if (headings.group(2).equals(heading)) {
                int begin = headings.end();
                int level = headings.group(1).length();
                while (headings.find()) {
                    if (headings.group(1).length() <= level) {
                        return text.substring(begin, headings.start());
                    }
                }
                return text.substring(begin);
            }
        }
        throw new IllegalArgumentException(path + " has no section " + heading);
    }

    /** The anchors that a browser makes of the headings. */
    List<String> anchors() {
        List<String> anchors = new ArrayList<>();
        HEADING.matcher(prose()).results().map(each -> each.group(2).toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "").replace(' ', '-')).forEach(anchors::add);
        return anchors;
    }

    /** The text with blanks in place of what is fenced, so that each place stays where it is. */
    String prose() {
        return FENCED.matcher(text).replaceAll(block -> block.group().replaceAll("[^\\n]", " "));
    }

    /** What is fenced. */
    List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        Matcher blocks = FENCED.matcher(text);
        while (blocks.find()) {
            String before = text.substring(0, blocks.start());
            Matcher named = NAMED.matcher(before.substring(before.lastIndexOf("\n\n", before.length() - 3) + 1));
            snippets.add(new Snippet(this, before.split("\\n", -1).length + 1, blocks.group(1), blocks.group(2),
                    named.find() ? named.group(1) : ""));
        }
        return snippets;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
