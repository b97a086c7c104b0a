package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often and how many at a time send credentials to a proxy. */
class ProxyAccessTest {

    private final AtomicLong now = new AtomicLong();
    private final ProxyAccess access = new ProxyAccess(new ProxySettings("proxy", 3128, "edge", "secret"), now::get);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();

    private void enter() {
        access.enter(epoch -> sent.incrementAndGet(), why -> held.incrementAndGet());
    }

    private void tried(int status) {
        enter();
        access.left(status, access.epoch());
    }

    private void after(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void refusedOnesAreSentASecondTimeAfterFiveMinutesAndThenNotByThemselves() {
        tried(407);
        assertThat(access.nextTry()).contains(ProxyAccess.PAUSE);
        after(ProxyAccess.PAUSE.minusNanos(1));
        enter();
        assertThat(sent).hasValue(1);
        assertThat(access.refusal()).isPresent();
        after(Duration.ofNanos(1));
        assertThat(access.nextTry()).contains(Duration.ZERO);
        tried(407);
        assertThat(sent).hasValue(2);
        after(ProxyAccess.PAUSE.multipliedBy(100));
        enter();
        assertThat(sent).hasValue(2);
        assertThat(access.nextTry()).isEmpty();
        assertThat(access.holdsBack()).isTrue();
    }

    @Test
    void theSecondTryIsThatOfOneAndTheOthersWaitForIt() {
        tried(407);
        after(ProxyAccess.PAUSE);
        enter();
        enter();
        enter();
        assertThat(sent).hasValue(2);
        assertThat(held).hasValue(0);
        access.left(200, access.epoch());
        assertThat(sent.get()).isEqualTo(4);
        assertThat(access.holdsBack()).isFalse();
    }

    @Test
    void aTryOfWhichNothingIsHeardMayBeMadeAgain() {
        tried(407);
        after(ProxyAccess.PAUSE);
        tried(0);
        tried(407);
        assertThat(sent).hasValue(3);
        enter();
        assertThat(held).hasValue(1);
    }

    @Test
    void aWordOfAnOperatorIsLeaveForOneTry() {
        access.onceMore();
        tried(407);
        enter();
        assertThat(held).as("a word before any refusal").hasValue(1);
        access.onceMore();
        assertThat(access.nextTry()).contains(Duration.ZERO);
        tried(407);
        enter();
        assertThat(sent).hasValue(2);
        assertThat(held).hasValue(2);
    }

    /** It comes once for each agent of a team. */
    @Test
    void aWordForManyAgentsIsOneWord() {
        tried(407);
        for (int i = 0; i < 100; i++) {
            access.onceMore();
            tried(407);
            after(Duration.ofMillis(10));
        }
        assertThat(sent).hasValue(2);
        after(Duration.ofSeconds(2));
        access.onceMore();
        tried(200);
        assertThat(sent).hasValue(3);
        assertThat(access.nextTry()).isEqualTo(Optional.of(Duration.ZERO));
    }

    @Test
    void whatWaitsWhenOneIsRefusedIsNotSent() {
        for (int i = 0; i < 1000; i++) {
            enter();
        }
        assertThat(sent).hasValue(1);
        access.left(407, access.epoch());
        assertThat(sent).hasValue(1);
        assertThat(held).hasValue(999);
    }

    @Test
    void asManyEnterAtATimeAsThoseThatWereLetPassAllow() {
        for (int i = 0; i < 1000; i++) {
            enter();
        }
        int most = 0;
        for (int left = 0; left < 1000; left++) {
            most = Math.max(most, sent.get() - left);
            assertThat(sent.get() - left).isLessThanOrEqualTo(1 << Math.min(left, 6));
            access.left(200, access.epoch());
        }
        assertThat(sent).hasValue(1000);
        assertThat(most).isEqualTo(64);
    }

    @Test
    void whatWasSentBeforeARefusalAndLetPassIsNoLeave() {
        tried(200);
        enter();
        enter();
        int before = access.epoch();
        access.left(407, before);
        access.left(200, before);
        access.heard(200, before);
        enter();
        assertThat(sent).hasValue(3);
        assertThat(held).hasValue(1);
    }

    /** They may have been changed there meanwhile. */
    @Test
    void oneGoesAheadAgainAfterAWhileInWhichNoneDid() {
        for (int i = 0; i < 10; i++) {
            tried(200);
        }
        enter();
        enter();
        assertThat(sent).hasValue(12);
        access.left(502, access.epoch());
        access.left(0, access.epoch());
        after(Duration.ofSeconds(1));
        enter();
        enter();
        assertThat(sent).hasValue(13);
        access.left(407, access.epoch());
        assertThat(held).hasValue(1);
    }

    @Test
    void whatThrowsAsItIsSentHoldsNobodyUp() {
        access.enter(epoch -> {
            throw new IllegalStateException();
        }, why -> held.incrementAndGet());
        assertThat(held).hasValue(1);
        tried(200);
        assertThat(sent).hasValue(1);
    }

    @Test
    void nothingIsHeldBackWhereThereAreNoCredentials() {
        ProxyAccess open = new ProxyAccess(new ProxySettings("proxy", 3128), now::get);
        open.left(407, open.epoch());
        open.enter(epoch -> sent.incrementAndGet(), why -> held.incrementAndGet());
        open.enter(epoch -> sent.incrementAndGet(), why -> held.incrementAndGet());
        assertThat(sent).hasValue(2);
        assertThat(open.nextTry()).contains(ProxyAccess.PAUSE);
        assertThat(open.refusal()).isEmpty();
    }
}
