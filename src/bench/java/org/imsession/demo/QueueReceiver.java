package org.imsession.demo;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

/** Takes the messages off the queues, as a program behind the broker would. */
final class QueueReceiver implements AutoCloseable {

    private final Connection connection;
    private final Board board;
    private final long since = System.currentTimeMillis();

    QueueReceiver(ConnectionFactory broker, Board board, String... queues) throws JMSException {
        this.board = board;
        this.connection = broker.createConnection();
        for (String queue : queues) {
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            session.createConsumer(session.createQueue(queue)).setMessageListener(message -> {
                try {
                    take(message);
                    session.commit();
                } catch (JMSException e) {
                    throw new IllegalStateException("The message stays in " + queue, e);
                }
            });
        }
        connection.start();
    }

    private void take(Message message) throws JMSException {
        // what a run before this one has left in the queue is not counted with this one
        if (message.getLongProperty("imReceivedAt") >= since) {
            board.arrived(Board.Sink.JMS, message.getStringProperty("imAgent"), message.getStringProperty("imSequence"),
                    message.getBody(String.class));
        }
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
