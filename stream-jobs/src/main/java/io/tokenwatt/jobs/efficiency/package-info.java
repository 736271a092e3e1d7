/**
 * EfficiencyJob: Flink operators around the pure packages, its ends in Kafka and ClickHouse, and
 * how it starts.
 */
package io.tokenwatt.jobs.efficiency;
