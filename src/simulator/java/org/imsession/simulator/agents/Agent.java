package org.imsession.simulator.agents;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** An agent: who it is, the device it has, and the one IM session it may be in. May be used from any thread. */
public final class Agent {

    /** Itself and all others are right. */
    static final String ANY_PASSWORD = "";

    private final String name;
    private final String password;
    private final String phoneNumber;
    private final String deviceId;
    private final AtomicReference<Conversation> current = new AtomicReference<>();
    private volatile boolean instantMessaging = true;
    private volatile boolean atWork;

    Agent(String name, String password, String phoneNumber) {
        this.name = name;
        this.password = password;
        this.phoneNumber = phoneNumber;
        this.deviceId = UUID.nameUUIDFromBytes(("device of " + name).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * The login name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    boolean hasPassword(String candidate) {
        return password.equals(ANY_PASSWORD) || password.equals(candidate);
    }

    /**
     * The number of the agent's device, by which others call it.
     *
     * @return the number
     */
    public String phoneNumber() {
        return phoneNumber;
    }

    /**
     * The id of the agent's device.
     *
     * @return a UUID
     */
    public String deviceId() {
        return deviceId;
    }

    /**
     * The path of the agent's device, as operations name it.
     *
     * @return the path
     */
    public String devicePath() {
        return "/devices/" + deviceId;
    }

    /**
     * Whether the agent has the feature api-voice-instant-messaging.
     *
     * @return true when it has
     */
    public boolean hasInstantMessaging() {
        return instantMessaging;
    }

    /**
     * Gives or takes the feature api-voice-instant-messaging.
     *
     * @param value whether the agent has it from now on
     */
    public void instantMessaging(boolean value) {
        instantMessaging = value;
    }

    /**
     * Whether the agent has started its contact center session.
     *
     * @return true from StartContactCenterSession to EndContactCenterSession
     */
    public boolean isAtWork() {
        return atWork;
    }

    /**
     * The agent starts or ends its contact center session.
     *
     * @param value whether it has started
     */
    public void atWork(boolean value) {
        atWork = value;
    }

    /**
     * The IM session the agent is in.
     *
     * @return the session, empty when there is none
     */
    public Optional<Conversation> current() {
        return Optional.ofNullable(current.get());
    }

    boolean enter(Conversation conversation) {
        return current.compareAndSet(null, conversation);
    }

    void leave(Conversation conversation) {
        current.compareAndSet(conversation, null);
    }

    @Override
    public String toString() {
        return name;
    }
}
