package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ToDefinition;
import org.imsession.camel.conversation.Chat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The files of conversations of several nodes in one folder. */
class ConversationFilesTest extends WithDatabase {

    private static final String ONE = "007MDF3D0KAHL93L807GK2LAES00003B";
    private static final String OTHER = "117MDF3D0KAHL93L807GK2LAES00003B";
    private static final String[] ALL = { ".json: In " + ONE, ".txt: In " + ONE, ".json: In " + OTHER,
        ".txt: In " + OTHER };

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Each looked whether the name was free, then each wrote: one of the two was gone. */
    @Test
    void twoNodesThatWriteUnderOneNameInOneMomentReplaceNothing() throws Exception {
        CountDownLatch named = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        try (BuildingNode one = start(); BuildingNode other = start()) {
            AdviceWith.adviceWith(one.context(), "im-conversation-file", route -> route.weaveByType(ToDefinition.class)
                    .before().process(exchange -> {
                        named.countDown();
                        assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
                    }));
            Future<?> first = threads.submit(() -> {
                write(one, ONE);
                return null;
            });
            assertThat(named.await(20, TimeUnit.SECONDS)).isTrue();
            write(other, OTHER);
            written.countDown();
            first.get(20, TimeUnit.SECONDS);
            assertThat(said()).containsExactlyInAnyOrder(ALL);
            write(other, OTHER);
            write(one, ONE);
            assertThat(said()).as("each has replaced its own").containsExactlyInAnyOrder(ALL);
        }
    }

    /** A conversation as it comes from the database. */
    private static void write(BuildingNode node, String id) throws IOException {
        Message message = Chat.of(id).state("Talking").says("alice", "outbound", "In " + id).state("Completed")
                .exchange("alice").getMessage();
        try (ProducerTemplate template = node.context().createProducerTemplate()) {
            template.sendBodyAndHeaders("direct:conversation-files", message.getBody(), message.getHeaders());
        }
    }

    private BuildingNode start() throws Exception {
        return BuildingNode.start(database, folder, exchange -> { }, Map.of());
    }

    /** The kind of each file, and what is said in it. */
    private List<String> said() throws IOException {
        List<String> said = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder.resolve("conversations"))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                int in = text.indexOf("In ");
                said.add(file.toString().substring(file.toString().lastIndexOf('.')) + ": "
                        + text.substring(in, in + 35));
            }
        }
        return said;
    }
}
