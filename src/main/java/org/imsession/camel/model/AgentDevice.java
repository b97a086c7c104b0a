package org.imsession.camel.model;

import java.util.Objects;

/**
 * A telephone of an agent, as far as IM sessions need it. A member that was not sent is an empty string.
 *
 * @param id          its id
 * @param phoneNumber the number others reach it by
 * @param state       the state of the agent on it, such as {@code LoggedOut}
 */
public record AgentDevice(String id, String phoneNumber, String state) {

    public AgentDevice {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(phoneNumber, "phoneNumber");
        Objects.requireNonNull(state, "state");
    }

    /** What {@code devicePath} of an operation wants; real servers send no {@code path} member for a device. */
    public String path() {
        return "/devices/" + id;
    }
}
