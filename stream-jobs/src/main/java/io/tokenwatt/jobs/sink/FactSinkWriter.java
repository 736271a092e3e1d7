package io.tokenwatt.jobs.sink;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers rows for at most a second. While ClickHouse does not answer it retries and, by not
 * returning, slows the job down; after a minute it gives up and Flink restarts from the last
 * checkpoint. What cannot get better by itself (schema, rights) fails at once.
 */
final class FactSinkWriter<T> implements SinkWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(FactSinkWriter.class);
  private static final int MAX_ROWS = 20_000;
  private static final long MAX_AGE_MS = 500;

  private final RetryPolicy<Object> retries =
      RetryPolicy.builder()
          .handleIf(e -> e instanceof StoreException s && s.retryable())
          .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(5))
          .withJitter(0.2)
          .withMaxAttempts(-1)
          .withMaxDuration(Duration.ofMinutes(1))
          .onRetry(
              e ->
                  LOG.warn(
                      "store does not answer, retry {}: {}",
                      e.getAttemptCount(),
                      message(e.getLastException())))
          .build();

  private final FactSink.Batch<T> batch;
  private final StoreConfig store;
  private final ProcessingTimeService time;
  private final List<T> buffer = new ArrayList<>();
  private FactWriter writer;
  private boolean timerArmed;

  FactSinkWriter(StoreConfig store, FactSink.Batch<T> batch, ProcessingTimeService time) {
    this.batch = batch;
    this.store = store;
    this.time = time;
    Failsafe.with(retries).run(() -> writer = new FactWriter(store));
  }

  @Override
  public void write(T row, Context context) {
    buffer.add(row);
    if (buffer.size() >= MAX_ROWS) {
      store();
    } else if (!timerArmed) {
      timerArmed = true;
      time.registerTimer(
          time.getCurrentProcessingTime() + MAX_AGE_MS,
          at -> {
            timerArmed = false;
            store();
          });
    }
  }

  @Override
  public void flush(boolean endOfInput) {
    store();
  }

  private void store() {
    if (!buffer.isEmpty()) {
      Failsafe.with(retries).run(() -> batch.write(writer, buffer));
      buffer.clear();
    }
  }

  private static String message(Throwable e) {
    return e == null ? "" : e.getMessage();
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }

  @Override
  public String toString() {
    return "FactSinkWriter to " + store;
  }
}
