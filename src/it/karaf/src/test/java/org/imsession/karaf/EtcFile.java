package org.imsession.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of settings in Karaf's {@code etc} folder. */
record EtcFile(Path path) {

    /** Sets a key, in place of its value over however many lines, or at the end. */
    EtcFile set(String key, String value) throws IOException {
        String text = Files.exists(path) ? Files.readString(path) : "";
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(key) + "[ \t]*=(.*\\\\\\R)*.*$").matcher(text);
        String setting = key + " = " + value;
        Files.writeString(path, line.find() ? line.replaceAll(Matcher.quoteReplacement(setting))
                : text + "\n" + setting + "\n");
        return this;
    }
}
