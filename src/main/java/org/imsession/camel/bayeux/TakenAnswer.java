package org.imsession.camel.bayeux;

import java.time.Instant;
import java.util.List;

/**
 * What came of an answer.
 *
 * @param fresh    the new events
 * @param refused  how many events there was no room for
 * @param repeated how many events were sent again and recognised
 * @param since    what is in the answer and was not received before had not been sent before that moment
 */
record TakenAnswer(List<ReceivedEvent> fresh, int refused, int repeated, Instant since) {
}
