package com.example.gws;

import java.util.HashMap;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.ext.AcknowledgedMessagesExtension;

/** {@code POST /publish?from=1&to=20}: texts with these numbers to every session that has subscribed. */
final class Publisher extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final String TOPIC = "/v2/me/im-sessions";

    private transient BayeuxServer bayeux;

    /** Before the server listens, so that there is no session without the extension. */
    @Override
    public void init() {
        bayeux = (BayeuxServer) getServletContext().getAttribute(BayeuxServer.ATTRIBUTE);
        bayeux.addExtension(new AcknowledgedMessagesExtension());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        int from = Integer.parseInt(request.getParameter("from"));
        int to = Integer.parseInt(request.getParameter("to"));
        for (ServerSession session : bayeux.getSessions()) {
            for (ServerChannel channel : session.getSubscriptions()) {
                if (channel.getId().equals(TOPIC)) {
                    session.batch(() -> deliver(session, from, to));
                }
            }
        }
    }

    private void deliver(ServerSession session, int from, int to) {
        for (int number = from; number <= to; number++) {
            ServerMessage.Mutable message = bayeux.newMessage();
            message.setChannel(TOPIC);
            message.setData(text(number));
            session.deliver(null, message);
        }
    }

    private static Map<String, Object> text(int number) {
        Map<String, Object> data = new HashMap<>();
        data.put("messageType", "IMLogUpdateMessage");
        data.put("notificationType", "NewMessage");
        data.put("imSessionPath", "/im-sessions/1");
        data.put("message", Integer.toString(number));
        return data;
    }
}
