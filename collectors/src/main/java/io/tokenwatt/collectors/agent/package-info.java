/**
 * The node agent: each tick all exporters of a node are scraped together and one record leaves for
 * Kafka. Start at {@link io.tokenwatt.collectors.agent.Agent}; the path of a tick is {@code
 * TickLoop} → {@code NodeTicker} → {@code TargetTicker} → {@code SampleAssembler} → {@code
 * SampleSink}.
 */
package io.tokenwatt.collectors.agent;
