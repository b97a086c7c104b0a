package org.imsession.camel.conversation.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import org.imsession.camel.conversation.IMConversation;

/**
 * A conversation as one page of HTML that needs nothing else, on paper, on a telephone and in the dark. Words of others
 * are text in it: mark-up in them is inert because it is escaped, and the page forbids scripts, images and links of any
 * kind besides. Each text stands for itself in its own direction of writing.
 */
final class HtmlForm {

    private static final String STYLE = resource("conversation.css");

    private HtmlForm() {
    }

    static String write(IMConversation conversation, ZoneId zone) {
        Transcript transcript = Transcript.of(conversation, zone);
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" ")
                .append("content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>").append(escape(transcript.title() + ", " + transcript.when())).append("</title>\n")
                .append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<header>\n<h1>")
                .append(inline(transcript.title())).append("</h1>\n<p class=\"when\">")
                .append(inline(transcript.when()))
                .append("</p>\n<p class=\"badge ")
                .append(conversation.complete() ? "whole\">complete" : "partial\">not complete")
                .append("</p>\n<dl>\n");
        for (Transcript.Fact fact : transcript.facts()) {
            html.append("<dt>").append(escape(fact.name())).append("</dt>");
            fact.lines().forEach(line -> html.append("<dd>").append(inline(line)).append("</dd>"));
            html.append('\n');
        }
        html.append("</dl>\n<ul class=\"notes\">\n");
        transcript.notes().forEach(note -> html.append("<li>").append(inline(note)).append("</li>\n"));
        html.append("</ul>\n</header>\n<main>\n");
        if (conversation.texts().isEmpty()) {
            html.append("<p class=\"day\">No text was heard.</p>\n");
        }
        transcript.entries().forEach(entry -> html.append(entry(entry)));
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String entry(Transcript.Entry entry) {
        return switch (entry.kind()) {
            case DAY -> "<p class=\"day\">" + inline(entry.words()) + "</p>\n";
            case GAP -> "<p class=\"gap\"><time>" + entry.time() + "</time> " + inline(entry.words()) + "</p>\n";
            case TEXT -> "<article class=\"" + entry.sender().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + "\"><p class=\"who\">" + inline(entry.who()) + " <time>" + entry.time()
                    + "</time></p><p class=\"said\" dir=\"auto\">" + escape(entry.words()) + "</p></article>\n";
        };
    }

    /** Within a line of ours, which it cannot turn. */
    private static String inline(String text) {
        return "<bdi>" + escape(text) + "</bdi>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlForm.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
