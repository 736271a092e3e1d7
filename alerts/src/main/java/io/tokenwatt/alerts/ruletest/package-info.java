/** Tests of rules as data: rows in over time, alerts out, as promtool does for Prometheus. */
package io.tokenwatt.alerts.ruletest;
