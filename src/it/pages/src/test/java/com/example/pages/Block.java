package com.example.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is fenced on a page.
 *
 * @param language what stands behind the fence
 * @param code     the text
 * @param file     the file that the paragraph before names, as in "In `chats/pom.xml`:"; else empty
 */
record Block(String language, String code, String file) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern NAMED = Pattern.compile("`(\\w[\\w./-]*/[\\w.-]+\\.(?:xml|java|properties))`[^`\\n]*\\n\\n\\z");

    static List<Block> of(Path page) throws IOException {
        String text = Files.readString(page);
        List<Block> blocks = new ArrayList<>();
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find()) {
            Matcher named = NAMED.matcher(text.substring(Math.max(0, fenced.start() - 200), fenced.start()));
            blocks.add(new Block(fenced.group(1), fenced.group(2), named.find() ? named.group(1) : ""));
        }
        return blocks;
    }

    String firstLine() {
        return code.lines().findFirst().orElse("");
    }

    boolean isOutput() {
        return language.equals("text");
    }

    boolean isShell() {
        return language.equals("sh") || language.equals("karaf");
    }
}
