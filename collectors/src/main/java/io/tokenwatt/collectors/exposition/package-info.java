/**
 * Exporter text to samples: Prometheus text 0.0.4 and OpenMetrics 1.0. Pure: reads no clock, no
 * network, no environment. A line that cannot be read becomes a reject with its number and a
 * reason; the lines around it survive.
 */
package io.tokenwatt.collectors.exposition;
