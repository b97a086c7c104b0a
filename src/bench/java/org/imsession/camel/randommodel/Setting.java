package org.imsession.camel.randommodel;

import java.util.List;

/**
 * What stays the same for a round.
 *
 * @param acknowledging    whether the server has the ack extension
 * @param repository       whether positions outlive a process
 * @param ackFailed        the option of that name
 * @param routes           how many routes follow the agent
 * @param producer         whether a producer keeps the feed alive
 * @param keepAliveMillis  the option of that name
 * @param maxIntervalMillis for how long the server keeps a session that nobody asks for
 * @param maxPending       the option of that name
 * @param sendEveryMillis  how often something is sent beside what the plan says, 0 for never
 * @param mishaps          what befalls requests by chance
 * @param mishapPercent    how many requests meet with a mishap
 * @param slowStoreMillis  how long the repository takes at most
 */
record Setting(boolean acknowledging, boolean repository, boolean ackFailed, int routes, boolean producer,
               int keepAliveMillis, int maxIntervalMillis, int maxPending, int sendEveryMillis, List<Mishap> mishaps,
               int mishapPercent, int slowStoreMillis) {

    /** One route, a server that acknowledges, nothing that happens by itself. */
    static final Setting CALM = new Setting(true, false, true, 1, false, 100, 3000, 1000, 0, List.of(), 0, 0);

    Setting unacknowledged() {
        return with(false, repository, ackFailed, routes, producer);
    }

    Setting withRepository() {
        return with(acknowledging, true, ackFailed, routes, producer);
    }

    Setting withRoutes(int number) {
        return with(acknowledging, repository, ackFailed, number, producer);
    }

    Setting withProducer() {
        return with(acknowledging, repository, ackFailed, routes, true);
    }

    Setting withFailedComingAgain() {
        return with(acknowledging, repository, false, routes, producer);
    }

    private Setting with(boolean acks, boolean keeps, boolean failedHasEnded, int number, boolean asks) {
        return new Setting(acks, keeps, failedHasEnded, number, asks, keepAliveMillis, maxIntervalMillis, maxPending,
                sendEveryMillis, mishaps, mishapPercent, slowStoreMillis);
    }
}
