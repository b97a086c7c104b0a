package org.imsession.camel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pastes tables into a text, each between the comments {@code <!-- bench:NAME -->} and {@code <!-- bench -->}. */
final class ReadmeTables {

    private static final Pattern PLACE =
            Pattern.compile("(<!-- bench:([a-z]+) -->\n).*?(<!-- bench -->)", Pattern.DOTALL);

    private ReadmeTables() {
    }

    /** Replaces each table of which there is a newer one in the folder. */
    static void paste(Path readme, Path folder) throws IOException {
        Matcher place = PLACE.matcher(Files.readString(readme));
        StringBuilder text = new StringBuilder();
        while (place.find()) {
            Path table = folder.resolve(place.group(2) + ".md");
            String content = Files.exists(table) ? place.group(1) + Files.readString(table) + place.group(3)
                    : place.group();
            place.appendReplacement(text, Matcher.quoteReplacement(content));
            System.out.println(place.group(2) + (Files.exists(table) ? ": pasted" : ": left as it is"));
        }
        Files.writeString(readme, place.appendTail(text));
    }
}
