package org.imsession.camel.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.imsession.camel.spi.Credential;

/**
 * Looks up what stands for passwords: Camel's properties, and the vaults that are functions of them. A vault is asked
 * over a network, so many are asked for at the same time, and none is waited for without end.
 *
 * @param lookup   the text with what its placeholders stand for; may block, may fail with any unchecked exception
 * @param threads  where that may block; interrupted if it takes too long
 * @param patience how long all placeholders of a list may take together
 */
public record PlaceholderLookup(UnaryOperator<String> lookup, ExecutorService threads, Duration patience) {

    /**
     * Tries them all. What is not answered in time is not wrong: the login of the agent asks again, with a limit.
     *
     * @return what is wrong with those that cannot be looked up, in their order
     */
    Map<PlaceholderCredentials, String> failures(List<PlaceholderCredentials> all) {
        Map<PlaceholderCredentials, String> failures = new LinkedHashMap<>();
        List<Callable<Credential>> questions = new ArrayList<>();
        all.forEach(each -> questions.add(each::resolve));
        try {
            List<Future<Credential>> answers = threads.invokeAll(questions, patience.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < answers.size(); i++) {
                failure(answers.get(i), all.get(i), failures);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants to know any more
        }
        return failures;
    }

    private static void failure(Future<Credential> answer, PlaceholderCredentials credentials,
                                Map<PlaceholderCredentials, String> failures) throws InterruptedException {
        try {
            answer.get();
        } catch (CancellationException e) {
            // not answered in time
        } catch (ExecutionException e) {
            failures.put(credentials, e.getCause().getMessage());
        }
    }
}
