package org.imsession.camel.conversation.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;
import org.imsession.camel.conversation.Chat;
import org.junit.jupiter.api.Test;

class HtmlFormTest {

    private static final List<String> MARKUP = List.of("<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
            "</p></article><h1>forged</h1>", "\"><a href='http://evil'>x</a>", "&lt;b&gt;", "<!-- ", "]]>",
                    "' onmouseover='x",
            "<style>*{display:none}</style>", "<meta http-equiv=refresh content=0>");

    @Test
    void markUpInATextOrADataIsInert() throws Exception {
        Chat plain = Chat.of("S").data(Map.of("k", "v")).state("Talking");
        Chat marked = Chat.of("S").data(Map.of(MARKUP.get(0), MARKUP.get(1))).state("Talking");
        for (String each : MARKUP) {
            plain.says("alice", "unknown", "plain");
            marked.says("alice", "unknown", each);
        }
        assertThat(tags(Forms.html(marked))).isEqualTo(tags(Forms.html(plain)));
        assertThat(Forms.html(marked)).doesNotContain("<script").doesNotContain("<img").doesNotContain("<h1>forged")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void thePageNeedsNothingElseAndForbidsIt() throws Exception {
        String html = Forms.html(Chat.whole());
        assertThat(html).contains("default-src 'none'; style-src 'unsafe-inline'").startsWith("<!DOCTYPE html>")
                .doesNotContain("src=").doesNotContain("href=").doesNotContain("url(").doesNotContain("@import")
                .contains("@media print").contains("prefers-color-scheme: dark");
    }

    @Test
    void itSaysWhoSaidWhatAndWhatMayBeMissing() throws Exception {
        String html = Forms.html(Chat.whole().zone("Europe/Berlin").says("alice", "unknown", "Late")
                .gap("alice", "2026-11-28T17:21:00Z", "2026-11-28T17:22:00Z"));
        assertThat(html).contains("not complete</p>").contains("<article class=\"agent\">")
                .contains("<article class=\"not-known\">").contains("<p class=\"gap\"><time>18:21:00</time>")
                .contains("dir=\"auto\">Green it is</p>").contains("the feed had a gap meanwhile");
        assertThat(Forms.html(Chat.whole())).contains("badge whole\">complete</p>");
    }

    /** As a parser of HTML sees them. */
    private static List<String> tags(String html) throws Exception {
        List<String> tags = new ArrayList<>();
        new ParserDelegator().parse(new StringReader(html), new HTMLEditorKit.ParserCallback() {
            @Override
            public void handleStartTag(HTML.Tag tag, MutableAttributeSet attributes, int position) {
                tags.add(tag.toString());
            }

            @Override
            public void handleSimpleTag(HTML.Tag tag, MutableAttributeSet attributes, int position) {
                tags.add(tag.toString());
            }
        }, true);
        return tags;
    }
}
