/**
 * The intake of request events: NDJSON and OTLP spans over HTTP, reduced to allow-listed fields,
 * out to Kafka. Prompts, addresses and user ids never enter a value that is kept.
 */
package io.tokenwatt.collectors.requests;
