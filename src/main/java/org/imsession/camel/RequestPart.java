package org.imsession.camel;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.camel.model.LogText;

/** What a header may say of a request to a producer, named as the option that says the same. */
enum RequestPart {

    OPERATION("operation", IMSessionConstants.OPERATION),
    SESSION_ID("sessionId", IMSessionConstants.TARGET_ID),
    DESTINATION("destination", IMSessionConstants.DESTINATION),
    DEVICE_PATH("devicePath", IMSessionConstants.DEVICE_PATH),
    USER_DATA_KEY("userDataKey", IMSessionConstants.USER_DATA_KEY);

    private final String label;
    private final String header;

    RequestPart(String label, String header) {
        this.label = label;
        this.header = header;
    }

    String label() {
        return label;
    }

    String header() {
        return header;
    }

    /** Whether two texts say the same of this part: an operation has two names, and a session an id and a path. */
    boolean same(String one, String other) {
        return switch (this) {
            case OPERATION -> IMSessionOperation.of(one).equals(IMSessionOperation.of(other));
            case SESSION_ID -> IMSession.lastSegment(one).equals(IMSession.lastSegment(other));
            default -> one.equals(other);
        };
    }

    /**
     * The parts that the option allowFromHeaders names.
     *
     * @param option the option, {@code null} if it is not set
     * @return the parts, empty if the option is not set
     * @throws IllegalArgumentException if it names anything else: what is misspelt must not be open
     */
    static Optional<Set<RequestPart>> allowed(String option) {
        if (option == null) {
            return Optional.empty();
        }
        String text = option.strip();
        if (text.equalsIgnoreCase("all")) {
            return Optional.of(EnumSet.allOf(RequestPart.class));
        }
        Set<RequestPart> parts = EnumSet.noneOf(RequestPart.class);
        if (!text.equalsIgnoreCase("none")) {
            for (String name : text.split(",", -1)) {
                parts.add(named(name.strip(), text));
            }
        }
        return Optional.of(parts);
    }

    private static RequestPart named(String name, String option) {
        return Arrays.stream(values()).filter(part -> part.label.equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowFromHeaders is " + LogText.escape(option, 100)
                        + ", it must be all, none, or some of " + Arrays.stream(values()).map(RequestPart::label)
                        .collect(Collectors.joining(", ")) + ", separated by commas"));
    }
}
