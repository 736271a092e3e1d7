/**
 * What the machine's clocks tell, and when its wall clock is not to be believed. Durations and ages
 * are taken from the monotonic clock alone, so that no correction of the wall clock makes a record
 * old or young.
 */
package io.tokenwatt.collectors.clock;
