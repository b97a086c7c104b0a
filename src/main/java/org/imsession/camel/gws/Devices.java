package org.imsession.camel.gws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.AgentDevice;

/** The {@code devices} member of an answer (Genesys, GWS API, Devices List). */
final class Devices {

    private Devices() {
    }

    static List<AgentDevice> listOf(Object sent) {
        List<AgentDevice> devices = new ArrayList<>();
        if (sent instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> device) {
                    Map<?, ?> userState = device.get("userState") instanceof Map<?, ?> map ? map : Map.of();
                    devices.add(new AgentDevice(LoggedInAgent.text(device, "id"),
                            LoggedInAgent.text(device, "phoneNumber"),
                            LoggedInAgent.text(userState, "state").intern()));
                }
            }
        }
        return devices;
    }
}
