package org.imsession.camel.json;

import java.io.IOException;

/** What values are written to, token by token, each where JSON allows it. Not for use by several threads. */
interface JsonOutput {

    void beginObject() throws IOException;

    void endObject() throws IOException;

    void beginArray() throws IOException;

    void endArray() throws IOException;

    /**
     * The name of a member, whose value follows.
     *
     * @throws Rejection if it is not {@linkplain WireText#isWellFormed well formed}
     */
    void name(String name) throws IOException;

    /** @throws Rejection if it is not {@linkplain WireText#isWellFormed well formed} */
    void text(String text) throws IOException;

    /** @param number one of those of the JDK that JSON can hold */
    void number(Number number) throws IOException;

    void truth(boolean truth) throws IOException;

    void nothing() throws IOException;

    /** Where the value that comes next will stand, see {@link MemberPath}. */
    String place();

    /** Where the object stands whose member comes next. */
    String placeOfObject();
}
