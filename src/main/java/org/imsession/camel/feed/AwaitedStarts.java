package org.imsession.camel.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Who waits for a feed to be live, and hears of the first attempt only. Used on the control executor only. */
final class AwaitedStarts {

    private List<CompletableFuture<Void>> waiting = List.of();

    void add(CompletableFuture<Void> start) {
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>(1);
        }
        waiting.add(start);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void live() {
        heard(each -> each.complete(null));
    }

    void failed(RuntimeException failure) {
        heard(each -> each.completeExceptionally(failure));
    }

    private void heard(Consumer<CompletableFuture<Void>> what) {
        List<CompletableFuture<Void>> all = waiting;
        waiting = List.of();
        all.forEach(what);
    }
}
