package org.imsession.simulator.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cookies of a request. */
final class Cookies {

    private Cookies() {
    }

    static Map<String, String> of(HttpServletRequest request) {
        Map<String, String> found = new LinkedHashMap<>();
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                found.put(cookie.getName(), cookie.getValue());
            }
        }
        return found;
    }

    static Optional<String> find(HttpServletRequest request, String name) {
        return Optional.ofNullable(of(request).get(name));
    }
}
