/** What must survive a crash: incidents, what of them is still to be sent, and who may send it. */
package io.tokenwatt.alerts.outbox;
