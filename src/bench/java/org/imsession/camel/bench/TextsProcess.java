package org.imsession.camel.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The process of a client that sends texts. Arguments: which, and the server's address. */
final class TextsProcess {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private TextsProcess() {
    }

    public static void main(String[] args) throws Exception {
        List<TextSender.Talk> talks = new ArrayList<>();
        try (TextSender sender = args[0].equals("raw") ? new RawTexts(args[1]) : new OurTexts(args[1])) {
            Orders.serve(words -> switch (words[0]) {
                case "talks" -> {
                    for (String each : Arrays.asList(words).subList(1, words.length)) {
                        TextSender.Talk talk = TextSender.Talk.of(each);
                        sender.add(talk).get(1, TimeUnit.MINUTES);
                        talks.add(talk);
                    }
                    yield talks.size();
                }
                case "send" -> send(sender, talks.subList(0, Integer.parseInt(words[1])), Integer.parseInt(words[2]));
                default -> throw new IllegalArgumentException(words[0]);
            });
        } catch (Exception | Error e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** Sends so many texts of each at the same time; how long it took, and how much CPU, in nanoseconds. */
    private static String send(TextSender sender, List<TextSender.Talk> talks, int texts) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long began = System.nanoTime();
        CompletableFuture.allOf(talks.stream().map(each -> sender.send(each, texts))
                .toArray(CompletableFuture<?>[]::new)).get(1, TimeUnit.MINUTES);
        return System.nanoTime() - began + " " + (SYSTEM.getProcessCpuTime() - cpu);
    }
}
