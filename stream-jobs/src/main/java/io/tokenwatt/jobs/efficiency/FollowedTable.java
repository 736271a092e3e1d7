package io.tokenwatt.jobs.efficiency;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small table that people change, as it was last read. Each subtask reads it again when it starts
 * and then once a period, on a thread of its own, so that no record waits for ClickHouse. While
 * that does not answer, what was read last goes on to hold. Subtasks may differ by one period.
 *
 * <p>What depends on such a table depends on when it was read, which no log tells. So it is fit for
 * columns that say "as known then" and name the version they used, and that views compute again
 * (live cost, requests judged), and unfit for every other fact, such as facility energy.
 *
 * @param <T> immutable, serializable, with equals
 */
public final class FollowedTable<T> implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(FollowedTable.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String name;
  private final Reader<T> reader;
  private final Duration period;
  private volatile T last;
  private transient boolean speaks;
  private transient boolean failing;
  private transient Counter failures;
  private transient ScheduledExecutorService thread;

  /** Reads the whole table. Any exception means that it could not be read. */
  public interface Reader<T> extends Serializable {
    T read();
  }

  private FollowedTable(String name, T first, Reader<T> reader, Duration period) {
    this.name = name;
    this.last = first;
    this.reader = reader;
    this.period = period;
  }

  /** Never read again. */
  public static <T> FollowedTable<T> fixed(T value) {
    return new FollowedTable<>("", value, null, MINUTE);
  }

  /**
   * Reads now, and once a minute while it is open.
   *
   * @param name in logs and in the metric's scope
   * @throws RuntimeException of the reader: a job does not start without its tables
   */
  public static <T> FollowedTable<T> each(String name, Reader<T> reader) {
    return every(MINUTE, name, reader);
  }

  /** As {@link #each}, with another period. */
  public static <T> FollowedTable<T> every(Duration period, String name, Reader<T> reader) {
    return new FollowedTable<>(name, reader.read(), reader, period);
  }

  /** What was read last; for any thread. */
  public T now() {
    return last;
  }

  /** From an operator's open. The first subtask logs for all. */
  public void open(RuntimeContext context) {
    open(context.getMetricGroup(), context.getTaskInfo().getIndexOfThisSubtask() == 0);
  }

  /**
   * @param speaks whether changes and failures are logged; they are counted anyway
   */
  void open(MetricGroup metrics, boolean speaks) {
    if (reader == null) {
      return;
    }
    this.speaks = speaks;
    failures = metrics.addGroup("table", name).counter("read_failures");
    thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "table-" + name);
              made.setDaemon(true);
              return made;
            });
    thread.scheduleWithFixedDelay(this::read, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void read() {
    try {
      T read = reader.read();
      if (speaks && failing) {
        LOG.info("table {} is read again", name);
      }
      if (speaks && !read.equals(last)) {
        LOG.info("table {} has changed; what is computed from now on follows it", name);
      }
      failing = false;
      last = read;
    } catch (RuntimeException e) {
      failures.inc();
      if (speaks && !failing) {
        LOG.warn(
            "table {} cannot be read, what was read last holds until it can: {}",
            name,
            e.getMessage());
      }
      failing = true;
    }
  }

  /** From an operator's close; also without an open. */
  public void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
