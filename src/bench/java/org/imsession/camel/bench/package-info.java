/**
 * The benchmarks: throughput, latency, converters and scale, each beside CometD's own client on the same server. Run by
 * hand, see {@link org.imsession.camel.bench.Bench}; nothing here is a test of the suite, and nothing is shipped.
 *
 * <h2>How they measure</h2>
 * The server is the simulator in a process of its own; each client under test has one, too. Turns of a few seconds go
 * round, ours, raw, ours, raw, so that whatever else the machine does hits all alike, and the median of the turns
 * counts. After each turn the events are counted: a client that lost one or got one twice ends the benchmark.
 */
package org.imsession.camel.bench;
