package io.tokenwatt.jobs.sink;

import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * At-least-once sink into ClickHouse: everything buffered is stored before a checkpoint completes,
 * and writing a row twice is harmless there (versioned rows). No transactions, no deduplication
 * tokens.
 */
public final class FactSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1;

  /** Which of the writer's inserts takes this sink's rows. */
  @FunctionalInterface
  public interface Batch<T> extends Serializable {
    void write(FactWriter writer, List<T> rows);
  }

  private final StoreConfig store;
  private final Batch<T> batch;

  public FactSink(StoreConfig store, Batch<T> batch) {
    this.store = store;
    this.batch = batch;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new FactSinkWriter<>(store, batch, context.getProcessingTimeService());
  }
}
