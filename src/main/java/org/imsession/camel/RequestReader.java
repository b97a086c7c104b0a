package org.imsession.camel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionRequest.AttachUserData;
import org.imsession.camel.model.IMSessionRequest.Complete;
import org.imsession.camel.model.IMSessionRequest.DeleteUserData;
import org.imsession.camel.model.IMSessionRequest.GetSession;
import org.imsession.camel.model.IMSessionRequest.Initiate;
import org.imsession.camel.model.IMSessionRequest.ListDevices;
import org.imsession.camel.model.IMSessionRequest.ListSessions;
import org.imsession.camel.model.IMSessionRequest.SendMessage;
import org.imsession.camel.model.IMSessionRequest.UpdateUserData;
import org.imsession.camel.model.LogText;

/**
 * Reads from a message what is to be done: its operation and parameters by options, and by headers as far as they are
 * allowed to; the text, the user data or the key by its body. A body that is a request has all of it, and headers and
 * options fill what it leaves open. Only headers that no consumer sets are looked at.
 */
final class RequestReader {

    /** What a header may say of a request to a producer, named as the option that says the same. */
    private enum Part {

        OPERATION("operation", IMSessionConstants.OPERATION),
        SESSION_ID("sessionId", IMSessionConstants.TARGET_ID),
        DESTINATION("destination", IMSessionConstants.DESTINATION),
        DEVICE_PATH("devicePath", IMSessionConstants.DEVICE_PATH),
        USER_DATA_KEY("userDataKey", IMSessionConstants.USER_DATA_KEY);

        private final String label;
        private final String header;

        Part(String label, String header) {
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
        static Optional<Set<Part>> allowed(String option) {
            if (option == null) {
                return Optional.empty();
            }
            String text = option.strip();
            if (text.equalsIgnoreCase("all")) {
                return Optional.of(EnumSet.allOf(Part.class));
            }
            Set<Part> parts = EnumSet.noneOf(Part.class);
            if (!text.equalsIgnoreCase("none")) {
                for (String name : text.split(",", -1)) {
                    parts.add(named(name.strip(), text));
                }
            }
            return Optional.of(parts);
        }

        private static Part named(String name, String option) {
            return Arrays.stream(values()).filter(part -> part.label.equalsIgnoreCase(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("allowFromHeaders is " + LogText.escape(option, 100)
                            + ", it must be all, none, or some of " + Arrays.stream(values()).map(Part::label)
                            .collect(Collectors.joining(", ")) + ", separated by commas"));
        }
    }

    private final IMSessionConfiguration options;
    private final Optional<Set<Part>> allowed;
    private final IMSessionJson json = new IMSessionJson();

    /** @throws IllegalArgumentException if the option allowFromHeaders is none */
    RequestReader(IMSessionConfiguration options) {
        this.options = options;
        this.allowed = Part.allowed(options.getAllowFromHeaders());
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException if the message names no operation, or its body is no value for it
     */
    IMSessionRequest read(Message message) {
        IMSessionOperation operation = operation(message);
        String sessionId = sessionId(message);
        return switch (operation) {
            case INITIATE -> initiate(message);
            case SEND_MESSAGE -> sendMessage(message, sessionId);
            case ATTACH_USER_DATA -> new AttachUserData(sessionId, message.getBody() instanceof AttachUserData given
                    ? given.userData() : userData(message, operation));
            case UPDATE_USER_DATA -> new UpdateUserData(sessionId, message.getBody() instanceof UpdateUserData given
                    ? given.userData() : userData(message, operation));
            case DELETE_USER_DATA -> new DeleteUserData(sessionId, key(message));
            case COMPLETE -> new Complete(sessionId);
            case LIST_SESSIONS -> new ListSessions();
            case GET_SESSION -> new GetSession(sessionId);
            case LIST_DEVICES -> new ListDevices();
        };
    }

    private IMSessionOperation operation(Message message) {
        String name = part(message, Part.OPERATION, options.getOperation());
        if (message.getBody() instanceof IMSessionRequest given) {
            if (!name.isEmpty() && named(name) != given.operation()) {
                throw new IllegalArgumentException("The body is a request to " + given.operation().label()
                        + ", but the operation is " + LogText.escape(name, 100) + "; let one of them go");
            }
            return given.operation();
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("There is no operation; give one by the option operation or, if"
                    + " allowFromHeaders lets it, the header " + IMSessionConstants.OPERATION + ": "
                    + IMSessionOperation.labels());
        }
        return named(name);
    }

    /** The operation of that name. */
    static IMSessionOperation named(String name) {
        return IMSessionOperation.of(name).orElseThrow(() -> new IllegalArgumentException("There is no operation "
                + LogText.escape(name, 100) + "; there are " + IMSessionOperation.labels()));
    }

    private Initiate initiate(Message message) {
        Object body = message.getBody();
        if (body instanceof Initiate given) {
            return new Initiate(first(given.destination(), destination(message)), given.userData(),
                    first(given.devicePath(), devicePath(message)));
        }
        String destination = destination(message);
        Map<String, Object> userData = Map.of();
        if (body instanceof Map) {
            userData = userData(message, IMSessionOperation.INITIATE);
        } else if (destination.isEmpty() && body != null) {
            destination = text(message, IMSessionOperation.INITIATE).strip();
        }
        return new Initiate(destination, userData, devicePath(message));
    }

    private SendMessage sendMessage(Message message, String sessionId) {
        if (message.getBody() instanceof SendMessage given) {
            return new SendMessage(sessionId, given.text(), first(given.destination(), destination(message)),
                    first(given.devicePath(), devicePath(message)));
        }
        return new SendMessage(sessionId, text(message, IMSessionOperation.SEND_MESSAGE), destination(message),
                devicePath(message));
    }

    private String sessionId(Message message) {
        String given = message.getBody() instanceof IMSessionRequest request ? request.sessionId() : "";
        return IMSession.lastSegment(first(given,
                part(message, Part.SESSION_ID, options.getSessionId())));
    }

    private String destination(Message message) {
        return part(message, Part.DESTINATION, options.getDestination());
    }

    private String devicePath(Message message) {
        return part(message, Part.DEVICE_PATH, options.getDevicePath());
    }

    private String key(Message message) {
        if (message.getBody() instanceof DeleteUserData given) {
            return given.key();
        }
        String key = part(message, Part.USER_DATA_KEY, null);
        return key.isEmpty() ? text(message, IMSessionOperation.DELETE_USER_DATA).strip() : key;
    }

    /** The body as text; of a message that was received, what was said in it. */
    private static String text(Message message, IMSessionOperation operation) {
        Object body = message.getBody();
        if (body instanceof IMLogUpdateMessage said) {
            return said.message();
        }
        if (body != null && !isText(message, body)) {
            throw new IllegalArgumentException("The body for " + operation.label() + " is a "
                    + body.getClass().getSimpleName() + " and not a text; set the body to what is to be said");
        }
        String text = message.getBody(String.class);
        return text == null ? "" : text;
    }

    /**
     * Camel makes a text of any object by its toString, which is nothing to say to a customer. So only what is a text,
     * or what Camel has a converter of its own for, such as bytes.
     */
    private static boolean isText(Message message, Object body) {
        if (body instanceof IMSessionNotification || body instanceof IMSessionRequest || body instanceof Map
                || body instanceof Collection || body instanceof IMSession) {
            return false;
        }
        return body instanceof CharSequence || body instanceof Number || body instanceof Boolean
                || body instanceof Character || body instanceof Enum || body instanceof WrappedFile
                || message.getExchange().getContext().getTypeConverterRegistry()
                        .lookup(String.class, body.getClass()) != null;
    }

    /** The body as user data: a map, or the text of a JSON object. */
    private Map<String, Object> userData(Message message, IMSessionOperation operation) {
        Object body = message.getBody();
        if (body instanceof Map<?, ?> map) {
            Map<String, Object> userData = new LinkedHashMap<>();
            map.forEach((key, value) -> userData.put(String.valueOf(key), value));
            return userData;
        }
        String text = text(message, operation);
        try {
            return text.isBlank() ? Map.of() : json.readObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            // the cause would quote the text
            throw new IllegalArgumentException("The body for " + operation.label() + " is neither a map nor the text of"
                    + " a JSON object: " + e.getMessage());
        }
    }

    private String part(Message message, Part part, String option) {
        String header = message.getHeader(part.header(), "", String.class).strip();
        String fixed = option == null ? "" : option;
        if (allowed.isPresent()) {
            return allowed.get().contains(part) ? first(header, fixed) : fixed;
        }
        if (!header.isEmpty() && !fixed.isEmpty() && !part.same(header, fixed)) {
            throw new IllegalArgumentException("The header " + part.header() + " contradicts the option "
                    + part.label() + "; remove one of them, or set allowFromHeaders");
        }
        return first(header, fixed);
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
