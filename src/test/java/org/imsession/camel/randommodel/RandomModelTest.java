package org.imsession.camel.randommodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sentences 1 to 5 of the delivery contract, under chance: each number that is sent is delivered, or inside exactly one
 * gap, or not followed by the contract's own words. {@code mvn -q -Pmodel test-compile exec:java} runs more of it.
 */
class RandomModelTest {

    @ParameterizedTest
    @ValueSource(longs = { 1, 3, 4, 5, 6, 9, 11, 24, 65 })
    void everyEventIsAccountedForWhateverHappens(long seed) throws Exception {
        assertThat(Round.run(Plan.of(seed)).faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasOnceLostWithoutAWordIsAccountedFor(Script script) throws Exception {
        assertThat(Round.run(script.plan()).faults()).isEmpty();
    }
}
