package io.tokenwatt.storage;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One row of {@code alert_incidents}; times in Unix ms.
 *
 * @param startedMs with the key its identity
 * @param firedMs empty = it does not fire yet
 * @param resolvedMs empty = it is not over
 * @param version of two rows of one incident the higher one counts
 */
public record AlertIncident(
    String dedupKey,
    long startedMs,
    String rule,
    String severity,
    String phase,
    Map<String, String> labels,
    Map<String, String> details,
    double value,
    String bound,
    String summary,
    List<String> receivers,
    OptionalLong firedMs,
    long lastBadMs,
    long goodSinceMs,
    OptionalLong resolvedMs,
    String ending,
    long version) {}
