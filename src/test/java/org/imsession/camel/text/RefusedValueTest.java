package org.imsession.camel.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What databases say of a value that they refuse, and what may be printed of it. */
class RefusedValueTest {

    private static final String QUOTING = "Value too long for column \"text CHARACTER VARYING(20)\":"
            + " \"'a secret' (8)\"";

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "22001;" + QUOTING + ";, column text",
        "22001;value too long for type character varying(20);, type character varying(20)",
        "22P02;invalid input syntax for type bigint: \"a secret\";, type bigint",
        "22003;value \"a secret for type x\" is out of range for type bigint;``",
        "22018;Data conversion error converting \"a secret in column \"other\"\";``",
        "22021;invalid byte sequence for encoding \"UTF8\": 0x00;``",
        "23502;null value in column \"text\" of relation \"im_texts\" violates not-null constraint;"
                + ", column text, relation im_texts",
        "23505;duplicate key value violates unique constraint \"im_events_pkey\";, constraint im_events_pkey",
        "23505;Unique index or primary key violation: \"public.key_4 on public.im_events(agent) VALUES ( 'a secret')\";"
                + ", constraint public.key_4",
        "23514;new row for relation \"im_texts\" violates check constraint \"im_short\" Detail: (a secret);"
                + ", relation im_texts, constraint im_short",
        "23514;neue Zeile für Relation »im_texts« verletzt Check-Constraint »im_short« Detail: Fehlgeschlagene Zeile"
                + " enthält (7, I ask for type of my illness).;``",
        "23000;Duplicate entry 'wait for type a secret' for key 'x';``",
        "P0001;no text for type a secret;``",
        "22001;Wert zu gross fuer Feld \"text\": \"a secret\";``" })
    void theStateAndTheNameInFrontOfAnyValueAreTold(String state, String words, String name) {
        assertThat(RefusedValue.of(new IllegalStateException("around it", new SQLException(words, state))))
                .contains("SQL state " + state + name);
    }

    @Test
    void whatIsNoRefusalOfAValueIsToldAsItIs() {
        Exception missing = new IllegalStateException("around it",
                new SQLException("no relation \"im_events\"", "42P01"));
        assertThat(RefusedValue.of(missing)).isEmpty();
        assertThat(ShownFailure.of(missing)).isSameAs(missing);
        assertThat(RefusedValue.of(new SQLException("without a state"))).isEmpty();
    }

    @Test
    void neitherAStackNorWhatWrapsItQuotesTheValue() {
        StringWriter stack = new StringWriter();
        ShownFailure.of((Throwable) new IllegalStateException("could not keep it: " + QUOTING,
                new SQLException(QUOTING, "22001", new NumberFormatException("For input string: \"a secret\""))))
                .printStackTrace(new PrintWriter(stack, true));
        assertThat(stack.toString()).doesNotContain("a secret").contains("java.lang.IllegalStateException: SQL state"
                + " 22001, column text (", "Caused by: java.sql.SQLException: SQL state 22001, column text (",
                "Caused by: java.lang.NumberFormatException\n");
    }
}
