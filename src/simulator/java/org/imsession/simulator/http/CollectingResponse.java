package org.imsession.simulator.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.simulator.fault.Outgoing;

/** Keeps an answer instead of sending it. */
final class CollectingResponse extends HttpServletResponseWrapper {

    private final CollectingOutput output = new CollectingOutput();
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private volatile int status = 200;
    private volatile boolean failed;

    CollectingResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public void sendError(int code) {
        status = code;
        failed = true;
    }

    @Override
    public void sendError(int code, String message) {
        sendError(code);
    }

    boolean isFailed() {
        return failed;
    }

    @Override
    public void addHeader(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    @Override
    public void setContentType(String type) {
        headers.put("Content-Type", List.of(type));
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    Outgoing outgoing() {
        return new Outgoing(status, headers, failed ? new byte[0] : output.toByteArray());
    }
}
