package org.imsession.camel.soak;

/**
 * An agent that is followed.
 *
 * @param name    its login name
 * @param acks    whether the server keeps its events until they are acknowledged
 * @param options options of its endpoint beside the common ones, each with an ampersand in front
 */
record Listener(String name, boolean acks, String options) {

    String journal() {
        return "journal-" + name;
    }
}
