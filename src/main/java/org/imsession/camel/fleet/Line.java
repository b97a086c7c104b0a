package org.imsession.camel.fleet;

/** Where somebody waits. */
interface Line<T> {

    boolean isEmpty();

    /** Takes the head away; there must be one. */
    T remove();
}
