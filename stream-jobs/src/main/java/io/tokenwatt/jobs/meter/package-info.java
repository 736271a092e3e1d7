/**
 * Counters and clocks, pure: deltas, resets, gaps, slow sources, proration over windows, event
 * time.
 */
package io.tokenwatt.jobs.meter;
