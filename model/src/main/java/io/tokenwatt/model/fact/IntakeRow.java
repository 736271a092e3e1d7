package io.tokenwatt.model.fact;

/**
 * One row of {@code intake_10s}: what became of the records of one node, by the Kafka record time.
 * For each node: published = counted + duplicate + out_of_order + late + rejected.
 *
 * @param outcome counted, duplicate, out_of_order, two_agents, late, rejected
 * @param records records of that outcome
 */
public record IntakeRow(
    long windowStartMs, Place place, String outcome, long records, long version) {}
