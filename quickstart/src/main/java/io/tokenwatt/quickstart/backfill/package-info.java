/** The {@code backfill} command: a Prometheus' history through Kafka and the job into the store. */
package io.tokenwatt.quickstart.backfill;
