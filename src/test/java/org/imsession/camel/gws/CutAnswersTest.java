package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutAnswersTest {

    private final CutAnswers cuts = new CutAnswers();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            60001 0     | 60010 0     | 60030 0      | after 60 s;
            35000 9000  | 34000 90000 | 36100 400    | after 36 s;
            20 65536    | 900 65536   | 4000 65000   | after 65536 bytes;
            35000 64000 | 35100 64000 | 35200 64000  | after 35 s / 64000 bytes;
            """)
    void threeCutsThatAgreeAreTold(String first, String second, String third, String told) {
        cut(first);
        cut(second);
        assertThat(cuts.finding()).as("two may be chance").isEmpty();
        cut(third);
        assertThat(cuts.finding()).hasValueSatisfying(finding -> assertThat(finding)
                .contains("something in front cuts answers " + told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            60000 0  | 30000 0  | 90000 0
            10 100   | 12 101   | 11 99
            900 5000 | 900 9000 | 900 1000
            """)
    void cutsThatDoNotAgreeAreNotNorThoseOfAConnectionThatBreaksAtOnce(String first, String second, String third) {
        cut(first);
        cut(second);
        cut(third);
        assertThat(cuts.finding()).isEmpty();
    }

    /** The connect behind a cut is answered at once; the next one is held, and cut again. */
    @Test
    void aShortAnswerBetweenTwoCutsSaysNothingAgainstIt() {
        for (int i = 0; i < 3; i++) {
            cut("60000 0");
            cuts.whole(5, 120);
        }
        assertThat(cuts.finding()).isPresent();
    }

    @Test
    void aLongerAnswerThatCameWholeEndsIt() {
        threeCuts();
        cuts.whole(61_000, 120);
        assertThat(cuts.finding()).isEmpty();
    }

    @Test
    void severalAnswersThatCameWholeEndItUntilTheNextCut() {
        threeCuts();
        for (int i = 0; i < 3; i++) {
            cuts.whole(5, 120);
        }
        assertThat(cuts.finding()).isEmpty();
        cut("60000 0");
        assertThat(cuts.finding()).isPresent();
    }

    private void threeCuts() {
        for (int i = 0; i < 3; i++) {
            cut("60000 0");
        }
        assertThat(cuts.finding()).isPresent();
    }

    private void cut(String millisAndBytes) {
        String[] numbers = millisAndBytes.split(" ");
        cuts.cut(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }
}
