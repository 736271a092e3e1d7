/** Records out to Kafka, each counted as delivered or as failed with its reason. */
package io.tokenwatt.collectors.publish;
