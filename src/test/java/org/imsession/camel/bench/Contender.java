package org.imsession.camel.bench;

/** A client under test. */
interface Contender extends AutoCloseable {

    /** Logs in, subscribes, and lets every event arrive. */
    void follow(String agent) throws Exception;

    @Override
    void close() throws Exception;
}
