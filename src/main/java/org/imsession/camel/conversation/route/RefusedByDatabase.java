package org.imsession.camel.conversation.route;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.RefusedValue;

/**
 * A step where a failure is caught by which a database has refused an event for what is in it: writes into the variable
 * {@code detail} what may be told of it, the SQL state, and the column, constraint or type if the database names them.
 * The words of the database quote the value. As a bean:
 *
 * <pre>
 * camel.beans.refused = #class:org.imsession.camel.conversation.route.RefusedByDatabase
 * </pre>
 */
public class RefusedByDatabase implements Processor {

    private static final int MOST = 400;

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String refused = failure == null ? "" : RefusedValue.of(failure).map(told -> ", " + told).orElse("");
        exchange.setVariable("detail", LogText.escape("by the database" + refused, MOST));
    }
}
