package org.imsession.camel.pages;

/**
 * What is fenced on a page.
 *
 * @param page     the page
 * @param line     the number of its first line
 * @param language what stands behind the fence, such as sh
 * @param code     the text
 * @param file     the name that the paragraph before gives it, as in "In `chats/pom.xml`:"; else empty
 */
record Snippet(Page page, int line, String language, String code, String file) {

    String firstLine() {
        return code.lines().findFirst().orElse("");
    }

    @Override
    public String toString() {
        return page + ":" + line + " " + firstLine();
    }
}
