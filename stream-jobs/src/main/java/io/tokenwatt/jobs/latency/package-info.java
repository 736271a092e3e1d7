/**
 * Pure arithmetic of request events: sketches, what one event adds, which SLOs it met. No Flink, no
 * clock.
 */
package io.tokenwatt.jobs.latency;
