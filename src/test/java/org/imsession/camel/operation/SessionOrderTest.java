package org.imsession.camel.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operations of one session go in order, and the next one leaves with the answer to the one before. */
class SessionOrderTest {

    private final List<Runnable> handedOver = new ArrayList<>();
    private final SessionOrder order = new SessionOrder(handedOver::add);

    @Test
    void theNextLeavesOnTheThreadThatHeardTheAnswer() {
        List<String> begun = new ArrayList<>();
        CompletableFuture<String> first = new CompletableFuture<>();
        order.inTurn("s", () -> first);
        CompletableFuture<String> second = order.inTurn("s", () -> {
            begun.add("second");
            return CompletableFuture.completedFuture("done");
        });
        order.inTurn("other", () -> {
            begun.add("other");
            return new CompletableFuture<>();
        });
        assertThat(begun).containsExactly("other");
        assertThat(second).isNotDone();

        first.completeExceptionally(new IllegalStateException("refused")); // well or not
        assertThat(begun).containsExactly("other", "second");
        assertThat(second).isCompletedWithValue("done");
        assertThat(handedOver).isEmpty();
    }

    /** Each task that is done at once would begin the next within itself. */
    @Test
    void aLongLaneIsNoDeepStack() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        AtomicInteger done = new AtomicInteger();
        order.inTurn("s", () -> first);
        List<CompletableFuture<Integer>> lane = IntStream.range(0, 100_000).mapToObj(i -> order.inTurn("s",
                () -> CompletableFuture.completedFuture(done.getAndIncrement()))).toList();
        first.complete(0);
        for (int i = 0; i < handedOver.size(); i++) {
            handedOver.get(i).run();
        }

        assertThat(lane).allSatisfy(each -> assertThat(each).isCompleted());
        assertThat(lane.get(99_999)).isCompletedWithValue(99_999);
    }
}
