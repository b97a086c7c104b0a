package org.imsession.camel.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How much a page may ask before it is dropped. */
class PageAllowanceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PageAllowance allowance = new PageAllowance(0);

    /** How many of those that are asked in this moment are answered, if each answer is fetched at once. */
    private int answered(int questions, long nanos) {
        int answered = 0;
        for (int i = 0; i < questions; i++) {
            if (allowance.ask(nanos)) {
                answered++;
                allowance.deQueue(null, new ArrayDeque<>());
            }
        }
        return answered;
    }

    @Test
    void manyAtOnceAndThenSoManyEachSecond() {
        assertThat(answered(1_000, 0)).isEqualTo(PageAllowance.MOST_AT_ONCE);
        assertThat(answered(1_000, SECOND)).isEqualTo(PageAllowance.MOST_PER_SECOND);
        assertThat(answered(1_000, 2 * SECOND)).isEqualTo(PageAllowance.MOST_PER_SECOND);
        assertThat(answered(1_000, 3_600 * SECOND)).as("no more are saved up").isEqualTo(PageAllowance.MOST_AT_ONCE);
    }

    /** Each answer may be all that is shown. */
    @Test
    void answersThatAreNotFetchedEndIt() {
        for (int i = 0; i < PageAllowance.MOST_UNREAD; i++) {
            assertThat(allowance.ask(i * SECOND)).isTrue();
        }
        assertThat(allowance.ask(100 * SECOND)).isFalse();
        allowance.deQueue(null, new ArrayDeque<>());
        assertThat(allowance.ask(100 * SECOND)).isTrue();
    }
}
