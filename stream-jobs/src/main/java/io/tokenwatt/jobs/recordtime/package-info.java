/**
 * What moves record time on: the log's own records, heartbeats among them, and no clock of a
 * machine.
 */
package io.tokenwatt.jobs.recordtime;
