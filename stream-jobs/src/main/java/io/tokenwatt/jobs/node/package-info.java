/**
 * Stage 1, pure: the meter of one node. Samples go in in Kafka's order, additive parts of facts
 * come out. No Flink, no clock, no I/O: the operator around it supplies order, time and state.
 */
package io.tokenwatt.jobs.node;
