/**
 * Dashboards as Grafana's classic JSON (schemaVersion 42) for data source
 * grafana-clickhouse-datasource 4.20.0. Pure: the same source gives the same bytes.
 */
package io.tokenwatt.dashboards.grafana;
