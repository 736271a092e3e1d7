package io.tokenwatt.model.fact;

/**
 * One row of {@code request_intake_10s}: what became of request events, by the Kafka record time.
 * For each agent: published = counted + duplicate + late + rejected, in events and in tokens.
 *
 * @param agent node of the agent that took the events in; "" where an event cannot be read
 */
public record RequestIntakeRow(
    long windowStartMs,
    String agent,
    String outcome,
    long events,
    long promptTokens,
    long outputTokens,
    long version) {}
