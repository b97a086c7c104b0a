package org.imsession.camel.bench;

import java.util.List;

/** A client under test. */
interface Contender extends AutoCloseable {

    /** Logs the agents in, subscribes, and lets every event arrive; need not wait for it. */
    void follow(List<String> agents) throws Exception;

    @Override
    void close() throws Exception;
}
