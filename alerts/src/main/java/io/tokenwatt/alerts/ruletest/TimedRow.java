package io.tokenwatt.alerts.ruletest;

import java.time.Duration;
import java.util.Map;

/**
 * A row and when it is there to be read, after the start of its test.
 *
 * @param values texts as ClickHouse reads them; {@code @5m} = that long after the start, {@code
 *     NULL} = null
 */
record TimedRow(String table, Duration visible, Map<String, String> values) {}
