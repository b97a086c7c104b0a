package org.imsession.camel.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits for a feed to be live, and hears of the first attempt only. Used on the control executor only. */
final class AwaitedStarts {

    private final List<CompletableFuture<Void>> waiting = new ArrayList<>(1);

    void add(CompletableFuture<Void> start) {
        waiting.add(start);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void live() {
        waiting.forEach(each -> each.complete(null));
        waiting.clear();
    }

    void failed(RuntimeException failure) {
        waiting.forEach(each -> each.completeExceptionally(failure));
        waiting.clear();
    }
}
