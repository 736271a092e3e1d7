/**
 * Dashboards as values: what a panel asks and how it is drawn, without a word of Grafana's JSON.
 * Package {@code catalogue} holds one file per dashboard, {@code grafana} renders them. Pure.
 */
package io.tokenwatt.dashboards.source;
