package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.atomic.AtomicBoolean;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Promise;
import org.junit.jupiter.api.Test;

class HeldConnectTest {

    /** CometD's client threw a NullPointerException then, on the thread of the route whose event had ended. */
    @Test
    void aConnectThatLeavesAsItsSessionEndsHarmsNobodyWhoLetItGo() {
        AtomicBoolean busy = new AtomicBoolean(true);
        VirtualTime time = new VirtualTime();
        HeldConnect connect = new HeldConnect(time, new HeldBy(busy::get, 1000), (id, send) -> send.accept(1));
        Reply message = new Reply();
        message.setChannel(Channel.META_CONNECT);
        connect.outgoing(null, message, Promise.from(left -> {
            throw new NullPointerException("transport");
        }, failure -> { }));
        busy.set(false);
        assertThatCode(() -> {
            connect.ended();
            time.advanceTo(1);
        }).doesNotThrowAnyException();
    }
}
