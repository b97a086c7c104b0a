package org.imsession.camel.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The process of a client under test. Arguments: which, the server's address, and the
 * agents to follow; the order "follow" adds many, agent0, agent1 and so on.
 */
final class ClientProcess {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ClientProcess() {
    }

    public static void main(String[] args) throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Contender client = contender(args[0], args[1], arrivals)) {
            if (args.length > 2) {
                client.follow(Arrays.asList(args).subList(2, args.length));
            }
            Orders.serve(words -> switch (words[0]) {
                case "mark" -> System.nanoTime() + " " + arrivals.count() + " " + SYSTEM.getProcessCpuTime() + " "
                        + allocated();
                case "follow" -> {
                    client.follow(IntStream.range(0, Integer.parseInt(words[1])).mapToObj(i -> "agent" + i).toList());
                    yield "following";
                }
                case "count" -> arrivals.count();
                case "time" -> {
                    arrivals.time();
                    yield "timing";
                }
                case "times" -> arrivals.times();
                case "vitals" -> vitals();
                default -> throw new IllegalArgumentException(words[0]);
            });
        } catch (Exception | Error e) {
            e.printStackTrace();
            System.exit(1); // threads of the client would keep a failure waiting for ever, unsaid
        }
    }

    private static Contender contender(String kind, String url, Arrivals arrivals) throws Exception {
        return switch (kind) {
            case "ours", Before.KIND -> new OurClient(url, arrivals);
            case "raw" -> new RawClient(url, arrivals);
            case "salesforce" -> new SalesforceClient(url, arrivals);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Bytes allocated by the threads that live now; threads of a pool in use do not end meanwhile. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())).filter(each -> each > 0).sum();
    }

    /** Heap after collections in KiB, threads, descriptors. */
    private static String vitals() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long descriptors = SYSTEM instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : -1;
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024 + " "
                + THREADS.getThreadCount() + " " + descriptors;
    }
}
