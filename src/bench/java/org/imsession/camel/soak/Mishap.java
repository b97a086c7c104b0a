package org.imsession.camel.soak;

/**
 * Something that goes wrong.
 *
 * @param name    what the log calls it
 * @param act     does it, and undoes it if it does not pass by itself
 */
record Mishap(String name, Act act) {

    /** Does harm. */
    interface Act {

        void on(Scene scene) throws Exception;
    }
}
