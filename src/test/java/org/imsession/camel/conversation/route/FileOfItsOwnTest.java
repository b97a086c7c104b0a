package org.imsession.camel.conversation.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.imsession.camel.conversation.ConversationBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a name is claimed when the disk does not take it. */
class FileOfItsOwnTest {

    @TempDir
    Path folder;

    @Test
    void aClaimThatCouldNotBeWrittenIsNotLeftBehind() throws Exception {
        FileOfItsOwn full = new FileOfItsOwn() {
            @Override
            void write(Path claim, String id) throws IOException {
                assertThat(claim).isEmptyFile();
                throw new IOException("No space left on device");
            }
        };
        full.setFolder(folder.toString());
        Exchange exchange = conversation();
        assertThatThrownBy(() -> full.process(exchange)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("No space");
        assertThat(folder).isEmptyDirectory();
        FileOfItsOwn room = new FileOfItsOwn();
        room.setFolder(folder.toString());
        room.process(exchange);
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("17-20 alice - 5002 (003B).txt");
    }

    private static Exchange conversation() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Exchange.FILE_NAME, "17-20 alice - 5002 (003B).txt");
        exchange.getMessage().setHeader(ConversationBuilder.CONVERSATION_ID, "0123456789abcdef");
        return exchange;
    }
}
