package org.imsession.camel.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.SimulatedAgent;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.settings.GwsSettings;

/**
 * The process of the server: the simulator, and a stand-in for the login of Salesforce. Arguments: the names of the
 * agents, or one number of agents, called agent0, agent1 and so on; their password is "secret".
 */
final class ServerProcess {

    static final String PASSWORD = "secret";
    static final String TOKEN = "salesforce-token";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GwsServer gws = GwsServer.create(GwsSettings.defaults().withRecordedRequests(0));
    private final Map<String, StateChanges> changes = new ConcurrentHashMap<>();
    private final Map<String, Chats> chats = new ConcurrentHashMap<>();
    private final Map<String, Integer> floods = new ConcurrentHashMap<>();
    private final List<String> names;

    private ServerProcess(List<String> names) {
        this.names = names;
    }

    public static void main(String[] args) throws Exception {
        boolean count = args.length == 1 && args[0].chars().allMatch(Character::isDigit);
        ServerProcess server = new ServerProcess(count
                ? IntStream.range(0, Integer.parseInt(args[0])).mapToObj(i -> "agent" + i).toList() : List.of(args));
        server.names.forEach(name -> server.gws.agent(name, PASSWORD));
        if (server.names.contains("salesforce")) {
            server.gws.agent("salesforce").token(TOKEN);
        }
        server.gws.start();
        SalesforceLogin login = SalesforceLogin.start(server.gws.url());
        Orders.serve(words -> switch (words[0]) {
            case "url" -> server.gws.url();
            case "login" -> login.url();
            case "flood" -> server.flood(words[1], Integer.parseInt(words[2]));
            case "rest" -> server.rest(words[1]);
            case "pace" -> server.pace(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "subscribed" -> server.first(words[1]).stream()
                    .filter(name -> server.gws.agent(name).subscribers() > 0).count();
            case "chat" -> server.chat(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "waiting" -> server.names.stream().mapToLong(name -> server.gws.agent(name).queued()).sum();
            case "talks" -> server.talks();
            case "deliver" -> server.deliver(server.first(words[1]));
            case "restart" -> server.restart();
            default -> throw new IllegalArgumentException(words[0]);
        });
    }

    private StateChanges changesOf(String name) {
        return changes.computeIfAbsent(name, key -> new StateChanges(key.startsWith("salesforce")));
    }

    /** Answers the agent's connects with so many events each, until it is told to rest. */
    private String flood(String name, int batch) throws InterruptedException {
        SimulatedAgent agent = gws.agent(name);
        if (!agent.awaitSubscribed(PATIENCE)) {
            throw new IllegalStateException(name + " has not subscribed");
        }
        floods.put(name, batch);
        StateChanges source = changesOf(name);
        agent.flood(() -> {
            int size = floods.getOrDefault(name, 0);
            return IntStream.range(0, size).mapToObj(i -> source.next()).toList();
        });
        return "flooding";
    }

    /** Ends the flood; answers with the number of events sent since the start. */
    private long rest(String name) throws InterruptedException {
        floods.remove(name);
        SimulatedAgent agent = gws.agent(name);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (agent.queued() > 0 || !agent.awaitHeldConnect(PATIENCE)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " does not take its events");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return agent.eventsSent();
    }

    /** Sends one event after the other at a steady pace, each as soon as it is due. */
    private long pace(String name, int perSecond, int seconds) throws InterruptedException {
        SimulatedAgent agent = gws.agent(name);
        StateChanges source = changesOf(name);
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long due = System.nanoTime();
        for (int i = 0; i < perSecond * seconds; i++) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            agent.sendRaw(source.next());
            due += gap;
        }
        return rest(name);
    }

    /** Lets all agents chat at a steady pace together, in turn; answers with how many events they said. */
    private int chat(int perSecond, int seconds) {
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long due = System.nanoTime();
        for (int i = 0; i < perSecond * seconds; i++) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            String name = names.get(i % names.size());
            gws.agent(name).sendRaw(chats.computeIfAbsent(name, Chats::new).next());
            due += gap;
        }
        return perSecond * seconds;
    }

    /** Puts each agent into a session; answers with what a text in it needs, see {@link TextSender.Talk}. */
    private String talks() {
        return names.stream().map(name -> {
            SimulatedAgent agent = gws.agent(name);
            SimulatedSession session = agent.session().talks();
            return String.join("|", name, session.id(), session.peerNumber(), agent.devicePath());
        }).collect(Collectors.joining(" "));
    }

    private List<String> first(String number) {
        return names.subList(0, Integer.parseInt(number));
    }

    private int deliver(List<String> to) {
        to.forEach(name -> gws.agent(name).sendRaw(changesOf(name).next()));
        return to.size();
    }

    private String restart() {
        gws.restart();
        return "restarted";
    }
}
