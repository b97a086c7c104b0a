package org.imsession.simulator.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request whose body has been read and whose asynchronous life belongs to the front servlet. */
final class BodyRequest extends HttpServletRequestWrapper {

    private final byte[] body;
    private final AsyncContext async;

    BodyRequest(HttpServletRequest request, byte[] body, AsyncContext async) {
        super(request);
        this.body = body;
        this.async = async;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new BodyInput(body);
    }

    @Override
    public AsyncContext startAsync() {
        return async;
    }

    @Override
    public AsyncContext getAsyncContext() {
        return async;
    }
}
