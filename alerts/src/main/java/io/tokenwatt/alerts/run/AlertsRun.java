package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Evaluator;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.notify.AlertmanagerNotifier;
import io.tokenwatt.alerts.notify.Http;
import io.tokenwatt.alerts.notify.Notifier;
import io.tokenwatt.alerts.notify.PagerDutyNotifier;
import io.tokenwatt.alerts.notify.SlackNotifier;
import io.tokenwatt.alerts.outbox.Lease;
import io.tokenwatt.alerts.outbox.StoredJournal;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates rules and tells receivers, until it is closed. Of all processes on one store the holder
 * of the lease works; the others wait for it. A store that is away is waited for: nothing is
 * evaluated, sent or resolved meanwhile, and the heartbeat stops. Thread-safe.
 */
public final class AlertsRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertsRun.class);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final RunConfig config;
  private final Scene scene;
  private final Http http;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final Optional<RunServer> server;
  private volatile boolean working;

  /**
   * Starts it on a thread of its own and returns at once.
   *
   * @throws UncheckedIOException if the address for /metrics cannot be had
   */
  public static AlertsRun start(RunConfig config) {
    return new AlertsRun(config, Clock.systemUTC());
  }

  private AlertsRun(RunConfig config, Clock clock) {
    this.config = config;
    http = new Http(config.call());
    RunMetrics metrics = new RunMetrics();
    RunHealth health = new RunHealth(clock::instant);
    List<Rule> known = Stream.concat(config.rules().stream(), SelfCheck.RULES.stream()).toList();
    Messages messages = new Messages(known, config.play(), config.grafana());
    scene = new Scene(clock, messages, metrics, health, new Refusals());
    metrics.gauge("tokenwatt_alerts_lease_held", () -> working ? 1 : 0);
    server = config.listen().map(listen -> serve(listen, metrics, health));
    thread = Threads.daemon("alerts-run").newThread(this::run);
    thread.start();
  }

  private static RunServer serve(InetSocketAddress listen, RunMetrics metrics, RunHealth health) {
    try {
      return new RunServer(listen, metrics, health);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Where /metrics and /healthz are, with the real port; empty if not asked for. */
  public Optional<InetSocketAddress> address() {
    return server.map(RunServer::address);
  }

  /** Whether this process holds the lease and works. */
  public boolean working() {
    return working;
  }

  /** Waits until it is closed. */
  public void join() throws InterruptedException {
    thread.join();
  }

  private void run() {
    while (stop.getCount() > 0) {
      try (Store store = new Store(config.store())) {
        String holder = config.instance().replaceAll("[^A-Za-z0-9._-]", "-");
        String unique = holder + ":" + UUID.randomUUID().toString().substring(0, 8);
        Lease lease = new Lease(store, unique, config.lease());
        waitForWork(store, lease);
      } catch (StoreException e) {
        storeDown(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("failed in a way that nobody foresaw; goes on", e);
      }
      pause(ASK_AGAIN);
    }
  }

  private void waitForWork(Store store, Lease lease) throws InterruptedException {
    boolean said = false;
    while (stop.getCount() > 0) {
      boolean mine = lease.acquire(stop);
      scene.health().up(RunHealth.CLICKHOUSE);
      if (mine) {
        work(store, lease);
        said = false;
      } else if (!said) {
        LOG.info("another process sends the alerts; this one waits for its lease to end");
        said = true;
      }
      pause(ASK_AGAIN);
    }
  }

  private void work(Store store, Lease lease) {
    LOG.info(
        "holds the lease, generation {}; evaluates {} rules",
        lease.generation(),
        config.rules().size());
    if (config.receiversOf(Severity.TICKET).isEmpty()) {
      LOG.warn("tickets are kept in alert_incidents and told to nobody: no receiver takes them");
    }
    try (Evaluator evaluator = new Evaluator(config.store());
        Shift shift =
            new Shift(
                config,
                evaluator,
                new StoredJournal(
                    store,
                    lease.generation(),
                    () -> lease.remaining().compareTo(config.call()) > 0),
                notifiers(),
                http,
                () -> maySend(lease),
                scene)) {
      working = true;
      LOG.debug("{} incidents are open", shift.ledger().open().size());
      keepLease(lease);
    } finally {
      working = false;
      release(lease);
    }
  }

  /** Returns when the lease is lost or this is closed. */
  private void keepLease(Lease lease) {
    Duration period = config.lease().dividedBy(3);
    while (!pause(period)) {
      try {
        if (!lease.renew()) {
          LOG.warn("lost the lease to another process");
          return;
        }
        if (scene.health().up(RunHealth.CLICKHOUSE)) {
          LOG.info("ClickHouse answers again");
        }
      } catch (StoreException e) {
        storeDown(e);
        if (lease.remaining().isNegative()) {
          LOG.warn("the lease ran out while ClickHouse was away");
          return;
        }
      }
    }
  }

  private boolean maySend(Lease lease) {
    try {
      return lease.remaining().compareTo(config.call()) > 0 && lease.confirm();
    } catch (StoreException e) {
      storeDown(e);
      return false;
    }
  }

  private void release(Lease lease) {
    try {
      lease.release();
    } catch (StoreException e) {
      LOG.debug("the lease ends by itself: {}", e.getMessage());
    }
  }

  private void storeDown(StoreException e) {
    scene.metrics().count(RunMetrics.STORE_ERRORS);
    if (scene.health().down(RunHealth.CLICKHOUSE, e.getMessage())) {
      LOG.error("nothing is evaluated or sent: {}", e.getMessage());
    }
  }

  private Map<String, Notifier> notifiers() {
    Map<String, Notifier> notifiers = new LinkedHashMap<>();
    config.receivers().forEach(receiver -> notifiers.put(receiver.name(), notifier(receiver)));
    return notifiers;
  }

  private Notifier notifier(ReceiverConfig receiver) {
    return switch (receiver.type()) {
      case PAGERDUTY ->
          new PagerDutyNotifier(
              http,
              receiver.target(),
              receiver.routingKey().orElseThrow(),
              "Tokenwatt " + config.instance());
      case SLACK -> new SlackNotifier(http, receiver.target());
      case ALERTMANAGER -> new AlertmanagerNotifier(http, receiver.target(), config.repeat());
    };
  }

  /**
   * @return true if it was closed meanwhile
   */
  private boolean pause(Duration time) {
    try {
      return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends what is under way, gives the lease back and returns. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.ifPresent(RunServer::close);
    http.close();
  }
}
