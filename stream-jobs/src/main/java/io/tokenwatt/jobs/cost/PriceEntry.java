package io.tokenwatt.jobs.cost;

import java.io.Serializable;

/**
 * One price of one board-hour, in force from a whole UTC hour until the next entry of the same key.
 *
 * @param region "" = every region without an entry of its own
 * @param effectiveFromMs Unix ms of a whole UTC hour, inclusive
 * @param microusdPerGpuHour &ge; 0; negative = from here on no price is known
 */
public record PriceEntry(
    String provider,
    String region,
    String hardware,
    String purchaseOption,
    long effectiveFromMs,
    long microusdPerGpuHour)
    implements Serializable {}
