/**
 * The detector and a real Prometheus with Alertmanager, at the same time on the same simulated
 * series, in real time.
 */
package io.tokenwatt.quickstart.bench.live;
