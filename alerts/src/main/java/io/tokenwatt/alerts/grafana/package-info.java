/** Pure: the same rules as Grafana's provisioning files, and their runbooks as text. */
package io.tokenwatt.alerts.grafana;
