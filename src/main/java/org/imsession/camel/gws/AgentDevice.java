package org.imsession.camel.gws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A telephone of an agent, as far as IM sessions need it.
 *
 * @param id          its id, empty if it was not sent
 * @param phoneNumber the number others reach it by, empty if it was not sent
 * @param state       the state of the agent on it, such as {@code LoggedOut}, empty if it was not sent
 */
public record AgentDevice(String id, String phoneNumber, String state) {

    /** What {@code devicePath} of an operation wants; real servers send no {@code path} member for a device. */
    public String path() {
        return "/devices/" + id;
    }

    static List<AgentDevice> listOf(Object sent) {
        List<AgentDevice> devices = new ArrayList<>();
        if (sent instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> device) {
                    Map<?, ?> userState = device.get("userState") instanceof Map<?, ?> map ? map : Map.of();
                    devices.add(new AgentDevice(Login.text(device, "id"), Login.text(device, "phoneNumber"),
                            Login.text(userState, "state")));
                }
            }
        }
        return devices;
    }
}
