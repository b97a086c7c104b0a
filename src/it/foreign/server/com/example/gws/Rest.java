package com.example.gws;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Who the agent is, and the one IM session in which all texts are. */
final class Rest extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        String path = request.getPathInfo();
        if (path == null) {
            response.getWriter().write("{\"statusCode\":0,\"user\":{\"id\":\"1\",\"userName\":\"agent\","
                    + "\"features\":[{\"id\":\"api-voice-instant-messaging\"}]}}");
        } else if (path.equals("/im-sessions")) {
            response.getWriter().write("{\"statusCode\":0,\"imSessions\":[{\"id\":\"1\",\"path\":\"/im-sessions/1\","
                    + "\"uri\":\"http://gws.example.com/api/v2/im-sessions/1\",\"state\":\"Talking\","
                    + "\"participants\":[{\"phoneNumber\":\"5001\"}],\"capabilities\":[\"Complete\"]}]}");
        } else {
            response.setStatus(404);
            response.getWriter().write("{\"statusCode\":6,\"statusMessage\":\"Not found\"}");
        }
    }
}
