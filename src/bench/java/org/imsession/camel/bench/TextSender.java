package org.imsession.camel.bench;

import java.util.concurrent.CompletableFuture;

/** A client under test that sends texts, each agent in one session. */
interface TextSender extends AutoCloseable {

    /** Logs an agent in, if that is not done by the first text. */
    CompletableFuture<?> add(Talk talk) throws Exception;

    /**
     * Sends so many texts of one agent, in order: each after the answer to the one before, so that none overtakes
     * another.
     *
     * @return completed when the server has accepted all
     */
    CompletableFuture<?> send(Talk talk, int texts);

    @Override
    void close() throws Exception;

    /** Whose session it is, and what a text to the other party needs. */
    record Talk(String agent, String session, String peer, String device) {

        static Talk of(String words) {
            String[] each = words.split("\\|");
            return new Talk(each[0], each[1], each[2], each[3]);
        }
    }
}
