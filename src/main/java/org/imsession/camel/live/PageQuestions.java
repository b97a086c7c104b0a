package org.imsession.camel.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.imsession.camel.model.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what pages ask, and says in the log who has looked at what. A page that asks too much is dropped. */
final class PageQuestions implements ServerChannel.MessageListener {

    private static final Logger LOG = LoggerFactory.getLogger("org.imsession.camel.live");
    private static final int LONGEST = 200;

    private final BayeuxServer server;
    private final LiveState state;
    private final Visitors visitors;
    private final EndedConversations ended;

    PageQuestions(BayeuxServer server, LiveState state, Visitors visitors, EndedConversations ended) {
        this.server = server;
        this.state = state;
        this.visitors = visitors;
        this.ended = ended;
    }

    /** One question: what was asked, and who asks. */
    private record Question(Map<?, ?> data, ServerSession page, String who) {

        /** A member that is text, cut; empty for anything else. */
        String text(String name) {
            return data.get(name) instanceof String text ? Shown.cut(text.strip(), LONGEST) : "";
        }

        long number(String name) {
            return data.get(name) instanceof Number number ? number.longValue() : -1;
        }
    }

    @Override
    public boolean onMessage(ServerSession page, ServerChannel channel, ServerMessage.Mutable message) {
        if (page == null || page.isLocalSession() || !(message.getData() instanceof Map<?, ?> data)) {
            return true;
        }
        Question question = new Question(data, page, who(message));
        if (!PageAllowance.of(page).ask(System.nanoTime())) {
            LOG.warn("IMS-025 {} asks more than people do; that page is dropped, and has to begin again",
                    question.who());
            server.removeSession(page);
            return false;
        }
        switch (channel.getId()) {
            case PagePolicy.HELLO -> answer(page, channel.getId(), hello(question));
            case PagePolicy.LOOK -> answer(page, channel.getId(), look(question));
            case PagePolicy.SEARCH -> search(question);
            default -> open(question);
        }
        return true;
    }

    private String who(ServerMessage message) {
        String user = visitors.user(name -> message.getBayeuxContext().getHeader(name));
        return user.isEmpty() ? "somebody on this machine" : "user=" + LogText.escape(user);
    }

    private static void answer(ServerSession page, String channel, Map<String, Object> data) {
        page.deliver(null, channel, data, Promise.noop());
    }

    /** What follows what the page knows, or all. */
    private Map<String, Object> hello(Question question) {
        long known = question.number("n");
        if (known < 0) {
            LOG.info("IMS-025 {} has opened the live page", question.who());
        }
        Optional<List<Change>> missing = question.text("epoch").equals(state.epoch()) ? state.after(known)
                : Optional.empty();
        Map<String, Object> answer = missing.map(changes -> {
            Map<String, Object> some = new LinkedHashMap<>();
            some.put("epoch", state.epoch());
            some.put("changes", changes.stream().map(Change::numbered).toList());
            return some;
        }).orElseGet(state::snapshot);
        answer.put("now", System.currentTimeMillis());
        answer.put("search", ended.isThere());
        return answer;
    }

    private Map<String, Object> look(Question question) {
        String key = question.text("key");
        Map<String, Object> answer = state.conversation(key).orElseGet(() -> new LinkedHashMap<>(Map.of("gone", key)));
        if (answer.get("row") instanceof Map<?, ?> row && !Boolean.TRUE.equals(question.data().get("again"))) {
            LOG.info("IMS-025 {} looks at the conversation of agent={} in session={}", question.who(),
                    LogText.escape((String) row.get("agent")), LogText.escape((String) row.get("session")));
        }
        answer.put("key", key);
        return answer;
    }

    private void search(Question question) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String name : List.of("agent", "number", "text", "day", "zone")) {
            wanted.put(name, question.text(name));
        }
        LOG.info("IMS-025 {} searches ended conversations: agent={} number={} day={} text of {} characters",
                question.who(), LogText.escape(question.text("agent")), LogText.escape(question.text("number")),
                LogText.escape(question.text("day")), question.text("text").length());
        ended.search(wanted, found -> answer(question.page(), PagePolicy.SEARCH, found));
    }

    private void open(Question question) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String name : List.of("server", "agent", "session", "zone")) {
            wanted.put(name, question.text(name));
        }
        LOG.info("IMS-025 {} looks at the ended conversation of agent={} in session={}", question.who(),
                LogText.escape(question.text("agent")), LogText.escape(question.text("session")));
        ended.open(wanted, found -> answer(question.page(), PagePolicy.ENDED, found));
    }
}
