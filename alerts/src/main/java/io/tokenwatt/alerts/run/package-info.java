/**
 * {@code ./tokenwatt alerts run}: rules evaluated at their times, incidents kept, receivers told.
 */
package io.tokenwatt.alerts.run;
