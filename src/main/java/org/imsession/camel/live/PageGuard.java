package org.imsession.camel.live;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Stands in front of all that the page's server answers: a request comes from where it may come from, asks for one of
 * the few things that are there, and the answer tells the browser what a page of ours never needs.
 */
final class PageGuard implements Filter {

    static final Set<String> FILES = Set.of("/index.html", "/page.css", "/page.js", "/live.js", "/words.js",
            "/rows.js", "/running.js", "/agents.js", "/transcript.js", "/ended.js", "/cometd.js");
    /** Some clients put the kind of a message of the protocol behind it. */
    private static final Pattern BAYEUX = Pattern.compile(
            "/cometd(/(handshake|connect|subscribe|unsubscribe|disconnect)?)?");
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private final Visitors visitors;

    PageGuard(Visitors visitors) {
        this.visitors = visitors;
    }

    @Override
    public void doFilter(ServletRequest from, ServletResponse to, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) from;
        HttpServletResponse response = (HttpServletResponse) to;
        ALWAYS.forEach(response::setHeader);
        String path = request.getRequestURI();
        String refused = visitors.refused(request::getHeader, request.getLocalPort());
        if (!refused.isEmpty()) {
            answer(response, HttpServletResponse.SC_FORBIDDEN, refused);
        } else if (BAYEUX.matcher(path).matches()) {
            if (request.getMethod().equals("POST")) { // a GET would be JSONP, which other sites can read
                chain.doFilter(request, response);
            } else {
                answer(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "POST only");
            }
        } else if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
            answer(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "GET only");
        } else if (path.equals("/")) {
            request.getRequestDispatcher("/index.html").forward(request, response);
        } else if (FILES.contains(path)) {
            chain.doFilter(request, response);
        } else {
            answer(response, HttpServletResponse.SC_NOT_FOUND, "There is nothing here; the page is at /");
        }
    }

    private static void answer(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().write(why + "\n");
    }
}
