/**
 * The history that an existing Prometheus keeps, as the records an agent would have published.
 * Start at {@link io.tokenwatt.collectors.backfill.Backfill}. Hours are read one after the other;
 * what an hour gives follows from it and the hour before, so that a run may be broken off and go
 * on.
 */
package io.tokenwatt.collectors.backfill;
