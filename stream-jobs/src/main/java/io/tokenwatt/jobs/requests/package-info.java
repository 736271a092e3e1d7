/** LatencyJob: Flink operators around package latency, and its ends in Kafka and ClickHouse. */
package io.tokenwatt.jobs.requests;
