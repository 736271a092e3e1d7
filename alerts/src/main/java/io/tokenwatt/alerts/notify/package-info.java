/**
 * Receivers of notifications: what they are sent, by their own rules, and what their answer means.
 */
package io.tokenwatt.alerts.notify;
