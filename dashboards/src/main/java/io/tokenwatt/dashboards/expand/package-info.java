/**
 * What Grafana makes of a panel's SQL before ClickHouse sees it: the front end puts in the values
 * of variables, the data source expands its macros. Pure.
 */
package io.tokenwatt.dashboards.expand;
