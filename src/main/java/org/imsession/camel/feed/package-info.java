/**
 * One agent's feed: its state machine, what has been acknowledged, gaps, resynchronisation and session tracking.
 * Nothing here knows Camel.
 *
 * <h2>Which thread runs what</h2>
 * <ul>
 * <li><b>The HTTP client's threads</b> split an answer, tell new events from repeated ones, and put them into the
 * intake. The {@code /meta/connect} that follows an answer with events is held back there and then. They never decode,
 * never run a route, never block, never take a lock that a route may hold.</li>
 * <li><b>The scheduler's threads</b> run the timers, send the other {@code /meta/connect}s (CometD's design), and run the
 * control executor of each feed: a {@link org.imsession.camel.threads.SerialExecutor}, on which alone its state
 * changes.</li>
 * <li><b>The workers</b> run the intake of each feed, which decodes, and the deliveries, which call subscribers. Both
 * are serial for each feed or subscriber, so the events of one agent stay in order, and leave their thread to others
 * after a fair share. A route that blocks holds a worker, and nothing else.</li>
 * <li><b>The keepers</b> write positions to the position store, if there is one. A {@code /meta/connect} that
 * acknowledges something leaves only afterwards, so they run nothing that may wait for a route. One that hangs holds
 * the acknowledgement up, for some seconds, and no heartbeat: see {@link org.imsession.camel.position.StoreCalls}.</li>
 * <li><b>The credential threads</b> ask {@link org.imsession.camel.spi.AgentCredentials}, which may block, one call at
 * a time for each agent and with a limit; what is in memory is told on any thread. A login is sent, without blocking,
 * by whichever thread gave it its turn.</li>
 * </ul>
 * Whoever ends an exchange, on any thread, tells the ledger; a {@code /meta/connect} that waited for it leaves on a
 * thread of the scheduler, or, if a worker ended it within its delivery, on that worker as soon as the route has
 * returned: see {@link org.imsession.camel.threads.HandOff}.
 *
 * <h2>The way of one event, in and back</h2>
 * Each arrow is a call; where one arrives at an interface, the next begins in the class that implements it. Three types
 * carry the event: {@code ReceivedEvent}, {@code FeedEvent}, and Camel's exchange. {@code RoadTest} walks it.
 * <ol>
 * <li>The events of an answer get their places, the new ones are told apart, and go on:
 * {@code WireAnswers.answered -> AckLedger.take},
 * {@code WireAnswers.answered -> BayeuxSessionListener.received}.</li>
 * <li>They count as pending from now on: {@code WireEvents.received -> Intake.received},
 * {@code Intake.received -> PendingEvents.add}.</li>
 * <li>They wait until the subscription of their session is confirmed:
 * {@code Intake.received -> SessionQueue.take}.</li>
 * <li>Each is decoded once for all and queued for each subscriber, with one end for all:
 * {@code Intake.decoded -> Intake.offer}, {@code Intake.offer -> Delivery.add}.</li>
 * <li>A worker takes the next one of a subscriber: {@code Delivery.run -> Delivery.deliver},
 * {@code DeliveryAttempt.take -> FeedSubscriber.deliver}.</li>
 * <li>It becomes an exchange of the route: {@code RouteSubscriber.deliver -> RouteSubscriber.give},
 * {@code RouteSubscriber.give -> RouteSubscriber.process},
 * {@code RouteSubscriber.process -> ExchangeFiller.fill}.</li>
 * <li>The exchange has ended: {@code RouteSubscriber.end -> RouteSubscriber.finish},
 * {@code RouteSubscriber.finish -> Done.ended}.</li>
 * <li>That subscriber is done with it: {@code DeliveryAttempt.ended -> EventEnd.ended}; the last one says so to the
 * ledger of its session: {@code PendingEvent.ended -> AckLedger.ended}.</li>
 * <li>Nothing is at work any more, so the connect that was held back leaves: {@code AckLedger.ended -> Waiting.ended},
 * {@code HeldConnect.ended -> HeldConnect.release}, {@code HeldConnect.leave -> Departure.depart}.</li>
 * <li>It acknowledges as soon as its position is kept: {@code HeldConnect.depart -> AckSource.depart},
 * {@code ConnectAcknowledger.depart -> PositionKeeper.keep},
 * {@code ConnectAcknowledger.depart -> AckLedger.acknowledge};
 * {@code HeldConnect.accept} writes {@code ext.ack}.</li>
 * </ol>
 */
package org.imsession.camel.feed;
