/** A receiver on this machine for trying things out: it prints what it is told. */
package io.tokenwatt.alerts.receiver;
