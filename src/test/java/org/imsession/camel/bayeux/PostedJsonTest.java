package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;

class PostedJsonTest {

    private static final String TEXT = "[{\"channel\":\"/meta/connect\",\"id\":\"für\"}]";

    private final PostedJson body = new PostedJson(TEXT);

    @Test
    void aBodyIsAsLongAsItSaysAndComesAgainFromItsBeginning() throws Exception {
        assertThat(body.getLength()).isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8).length);
        assertThat(Content.Source.asString(body)).isEqualTo(TEXT);
        assertThat(body.read().isLast()).isTrue();
        assertThat(body.read().hasRemaining()).isFalse();

        assertThat(body.rewind()).isTrue();
        assertThat(Content.Source.asString(body)).isEqualTo(TEXT);
    }

    @Test
    void aBodyOfARequestThatHasFailedIsNotSentAgain() {
        body.fail(new IOException("the line broke"));

        assertThat(body.read().getFailure()).hasMessage("the line broke");
        assertThat(body.rewind()).isFalse();
    }
}
