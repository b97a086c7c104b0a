package org.imsession.camel.gws;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Resource paths built of segments, each of which stays one segment whatever is in it. */
final class ApiPath {

    // "URL length <= 2000 characters" (Genesys, Making a Request); the rest is left for server and query
    private static final int LONGEST = 1500;
    private static final String UNRESERVED = "-._~";

    private ApiPath() {
    }

    /**
     * The segments, percent-encoded one by one, each with a slash in front.
     *
     * @throws IllegalArgumentException if a segment is empty or climbs, or all together are too long
     */
    static String of(List<String> segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("'" + segment + "' cannot be part of a resource path; give the id "
                        + "of the IM session or device as GWS sent it");
            }
            encode(segment, path.append('/'));
        }
        if (path.length() > LONGEST) {
            throw new IllegalArgumentException("The resource path is " + path.length() + " characters long, GWS takes "
                    + LONGEST + "; give the id of the IM session or device as GWS sent it");
        }
        return path.toString();
    }

    private static void encode(String segment, StringBuilder path) {
        if (isItsOwnName(segment)) {
            path.append(segment);
            return;
        }
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isUnreserved(c)) {
                path.append(c);
            } else {
                path.append(String.format("%%%02X", (int) c));
            }
        }
    }

    /** As nearly all are. */
    private static boolean isItsOwnName(String segment) {
        for (int at = 0; at < segment.length(); at++) {
            if (!isUnreserved(segment.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
    }
}
