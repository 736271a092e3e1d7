/** Alert rules as data ({@code alerts/rules}), evaluated once against the tables of ClickHouse. */
package io.tokenwatt.alerts;
