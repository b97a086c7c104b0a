package org.imsession.camel.bayeux;

import org.cometd.common.JSONContext;
import org.cometd.common.JacksonJSONContextClient;

/** CometD's JSON by Jackson, but for what comes in, which is split and not decoded. One instance serves all sessions. */
final class RawJsonContext extends JacksonJSONContextClient {

    private final Envelope envelope = new Envelope();
    private final int limit;

    RawJsonContext(int limit) {
        this.limit = limit;
    }

    @Override
    public JSONContext.AsyncParser newAsyncParser() {
        return new AnswerParser(envelope, limit);
    }
}
