package io.tokenwatt.jobs.requests;

/**
 * What became of one event, by Kafka's record time.
 *
 * @param agent "" where the event cannot be read
 */
public record IntakePart(
    long recordMs, String agent, String outcome, long promptTokens, long outputTokens) {}
