package org.imsession.camel.springboot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Spring Boot say what is wrong in a few lines instead of a stack trace. */
final class RefusedOptionAnalyzer extends AbstractFailureAnalyzer<RefusedOptionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RefusedOptionException cause) {
        return new FailureAnalysis(cause.getMessage(), "Correct or remove it. The options are those of the manual and"
                + " of META-INF/spring-configuration-metadata.json in the jar of camel-imsession.", cause);
    }
}
