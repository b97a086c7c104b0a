package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {

    private static final long MIB = 1 << 20;

    private final AnswerMemory memory = new AnswerMemory(10 * MIB);

    @Test
    void oneAgentGetsHalfAtMost() {
        AnswerMemory.Share greedy = memory.share(100 * MIB);
        assertThat(greedy.take(5 * MIB)).isTrue();
        assertThat(greedy.take(1)).isFalse();
        assertThat(memory.share(100 * MIB).take(5 * MIB)).isTrue();
        assertThat(memory.used()).isEqualTo(10 * MIB);
    }

    @Test
    void oneAgentGetsNoMoreThanItMay() {
        AnswerMemory.Share share = memory.share(MIB);
        assertThat(share.take(MIB + 1)).isFalse();
        assertThat(share.take(MIB / 2, MIB / 4)).as("less for this purpose").isFalse();
        assertThat(share.take(MIB)).isTrue();
        assertThat(share.held()).isEqualTo(MIB);
    }

    @Test
    void whoeverComesWhenAllIsTakenHasAReserve() {
        for (int i = 0; i < 2; i++) {
            assertThat(memory.share(5 * MIB).take(5 * MIB)).isTrue();
        }
        List<AnswerMemory.Share> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            AnswerMemory.Share other = memory.share(5 * MIB);
            others.add(other);
            assertThat(other.take(AnswerMemory.RESERVE)).isTrue();
            assertThat(other.take(1)).isFalse();
        }
    }

    @Test
    void whatIsGivenBackIsFreeAndNoMore() {
        AnswerMemory.Share share = memory.share(5 * MIB);
        share.take(3 * MIB);
        share.give(2 * MIB);
        assertThat(share.held()).isEqualTo(MIB);
        share.give(9 * MIB);
        assertThat(memory.used()).isZero();
    }

    @Test
    void whatAnAgentHeldWhenItWentIsFree() {
        memory.share(5 * MIB).take(5 * MIB);
        Awaitility.await().until(() -> {
            System.gc();
            return memory.used() == 0;
        });
    }
}
