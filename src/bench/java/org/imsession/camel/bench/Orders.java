package org.imsession.camel.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link ChildProcess}. */
final class Orders {

    static final String ANSWER = "= ";
    static final String FAILURE = "= failed ";

    /** Carries an order out. */
    interface Handler {

        /** @param words the order and its arguments */
        Object handle(String[] words) throws Exception;
    }

    private Orders() {
    }

    /** Carries orders out until there are no more, then ends the process. */
    static void serve(Handler handler) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            try {
                System.out.println(ANSWER + handler.handle(order.split(" ")));
            } catch (Exception e) {
                e.printStackTrace();
                System.out.println(FAILURE + e);
            }
        }
        System.exit(0);
    }
}
