/** What a sample takes in Kafka's log: the simulated fleet and real exporters' pages. */
package io.tokenwatt.quickstart.bench.wire;
