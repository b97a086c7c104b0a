package org.imsession.main;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * Camel Main for a service manager: to be told to stop (SIGTERM, Ctrl-C) ends the routes in order and then with the exit
 * status 0, where the JVM's own would be 143; a start that fails ends with 1 and the reason in the last line.
 */
public final class Start {

    private static final Pattern UNSET = Pattern.compile("\\[env:(\\w+)]");

    private Start() {
    }

    /**
     * Runs the routes that {@code conf/application.properties} names.
     *
     * @param args those of Camel Main
     */
    public static void main(String[] args) {
        Main main = new Main();
        main.configure().withAutoConfigurationLogSummary(false);
        // without Camel's own hook, which stops the routes, too, but leaves the status to the JVM
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        AtomicInteger status = new AtomicInteger(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            main.completed();
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(status.get());
        }));
        try {
            status.set(main.run(args));
        } catch (Exception | LinkageError e) {
            System.err.println("imsession: not started: " + reasons(e));
        }
        ended.countDown();
        System.exit(status.get());
    }

    /** What went wrong, and why: the messages from the outermost to the first cause, without those that repeat another. */
    private static String reasons(Throwable failure) {
        String said = "";
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = each instanceof LinkageError ? each.toString() : String.valueOf(each.getMessage());
            if (!said.contains(message)) {
                said = said.isEmpty() || message.contains(said) ? message : said + ": " + message;
            }
        }
        Matcher unset = UNSET.matcher(said);
        return unset.find() ? "the environment variable " + unset.group(1) + " is not set, and a file of settings reads"
                + " it" : said;
    }
}
