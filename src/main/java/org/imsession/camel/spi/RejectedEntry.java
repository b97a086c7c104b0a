package org.imsession.camel.spi;

import org.imsession.camel.model.LogText;

/**
 * An entry of a directory that names no agent who could log in.
 *
 * @param agent the login name, empty if even that could not be read
 * @param why   where the entry is and what is wrong with it, in one line; without the secret in it
 */
public record RejectedEntry(String agent, String why) {

    public RejectedEntry {
        agent = agent == null ? "" : LogText.escape(agent);
        why = why == null ? "an entry was rejected without a reason; look into the directory"
                : LogText.escape(why);
    }
}
