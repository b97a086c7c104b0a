package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cometd.bayeux.Channel;
import org.junit.jupiter.api.Test;

class ReplyTest {

    private static Map<String, Object> advice(long timeout) {
        Reply reply = new Reply();
        reply.setChannel(Channel.META_CONNECT);
        reply.put(Reply.ADVICE_FIELD, Map.of(Reply.RECONNECT_FIELD, "retry", Reply.TIMEOUT_FIELD, timeout));
        reply.mend();
        return reply.getAdvice();
    }

    @Test
    void theSameAdviceToManyAgentsIsKeptOnce() {
        Map<String, Object> first = advice(30_000);

        assertThat(advice(30_000)).isSameAs(first);
        assertThat(advice(20_000)).containsEntry(Reply.TIMEOUT_FIELD, 20_000L);
        assertThat(first).containsEntry(Reply.TIMEOUT_FIELD, 30_000L);
    }
}
