package com.example.gws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Lets in who has a login: by password, which brings the cookie, or by that cookie. A login is good on every node, as with
 * a store that they share; that of an agent whose name begins with {@code local} only on the node that gave it.
 */
final class Door implements Filter {

    private static final String COOKIE = "GWSSESSIONID";

    private final int port;

    Door(int port) {
        this.port = port;
    }

    @Override
    public void init(FilterConfig config) {
        // nothing to prepare
    }

    @Override
    public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) in;
        HttpServletResponse response = (HttpServletResponse) out;
        if (hasCookie(request)) {
            chain.doFilter(in, out);
            return;
        }
        String agent = byPassword(request.getHeader("Authorization"));
        if (agent.isEmpty()) {
            response.setStatus(401);
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter().write("{\"statusCode\":2,\"statusMessage\":\"Access denied\"}");
            return;
        }
        response.addHeader("Set-Cookie", COOKIE + "=" + agent + "." + port + "; Path=/; HttpOnly");
        chain.doFilter(in, out);
    }

    private boolean hasCookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie each : cookies) {
                if (each.getName().equals(COOKIE)) {
                    return !each.getValue().startsWith("local") || each.getValue().endsWith("." + port);
                }
            }
        }
        return false;
    }

    /** Any name will do, with the password {@code secret}. */
    private static String byPassword(String header) {
        if (header == null || !header.startsWith("Basic ")) {
            return "";
        }
        String given = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
        return given.endsWith(":secret") ? given.substring(0, given.indexOf(':')) : "";
    }

    @Override
    public void destroy() {
        // nothing is held
    }
}
