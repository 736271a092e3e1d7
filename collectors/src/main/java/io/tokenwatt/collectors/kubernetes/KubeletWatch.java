package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.DeviceGrant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the kubelet every few seconds which boards its containers have. Where it does not answer,
 * what it said last is used for a minute; then the exporters' labels have to do. On a thread of its
 * own; {@link #grants} is for any.
 */
final class KubeletWatch implements AutoCloseable {
  /** In /healthz. */
  static final String COMPONENT = "kubelet pod-resources";

  private static final Logger LOG = LoggerFactory.getLogger(KubeletWatch.class);
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  private final Path socket;
  private final Duration period;
  private final KubeletClient client;
  private final Health health;
  private final Counters counters;
  private final Thread thread = new Thread(this::run, "kubelet");
  private volatile boolean closed;
  private volatile Told told;
  private volatile boolean tried;

  private record Told(List<DeviceGrant> grants, long atNanos) {}

  KubeletWatch(Path socket, Duration period, Counters counters, Health health) {
    this.socket = socket;
    this.period = period;
    this.client = new KubeletClient(socket);
    this.health = health;
    this.counters = counters;
    health.declare(COMPONENT, false);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Empty = not told lately. */
  Optional<List<DeviceGrant>> grants() {
    Told now = told;
    boolean fresh = now != null && System.nanoTime() - now.atNanos <= MAX_AGE.toNanos();
    return fresh ? Optional.of(now.grants) : Optional.empty();
  }

  boolean hasTried() {
    return tried;
  }

  private void run() {
    while (!closed) {
      try {
        told = new Told(List.copyOf(client.list()), System.nanoTime());
        if (health.up(COMPONENT)) {
          LOG.info("{}: tells the boards of {} containers", socket, told.grants.size());
        }
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
      tried = true;
      LockSupport.parkNanos(period.toNanos());
    }
  }

  private void failed(Exception e) {
    if (closed) {
      return;
    }
    counters
        .counter("tokenwatt_agent_kubelet_failures_total", "Calls to the kubelet that failed.")
        .increment();
    if (health.down(COMPONENT, e.getMessage() + "; the exporters' pod labels are used")) {
      LOG.warn("{}: {}; the exporters' pod labels are used", socket, e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    client.close();
    LockSupport.unpark(thread);
  }
}
