/** {@code ./tokenwatt dashboards}. */
package io.tokenwatt.dashboards.command;
