/** Pure: what evaluations of a rule make of one alert, from its first bad reading to its end. */
package io.tokenwatt.alerts.incident;
