package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Evaluator;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Phase;
import io.tokenwatt.alerts.notify.Heartbeat;
import io.tokenwatt.alerts.notify.Http;
import io.tokenwatt.alerts.notify.Notifier;
import io.tokenwatt.alerts.outbox.Delivery;
import io.tokenwatt.alerts.outbox.DeliveryState;
import io.tokenwatt.alerts.outbox.Journal;
import io.tokenwatt.alerts.outbox.Ledger;
import io.tokenwatt.storage.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that one process does while it holds the lease, from what is stored to its end. */
final class Shift implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
  private static final Duration SELF_CHECK = Duration.ofSeconds(10);

  private static final List<String> GAUGES =
      List.of(
          "tokenwatt_alerts_incidents",
          "tokenwatt_alerts_outbox",
          "tokenwatt_alerts_outbox_oldest_seconds",
          "tokenwatt_alerts_evaluation_seconds");

  private final Map<String, Courier> couriers = new LinkedHashMap<>();
  private final ExecutorService courierThreads =
      Executors.newCachedThreadPool(Threads.daemon("alert-courier"));
  private final ScheduledExecutorService chores =
      Executors.newSingleThreadScheduledExecutor(Threads.daemon("alert-chores"));
  private final Ledger ledger;
  private final Rounds rounds;
  private final Scene scene;
  private final Duration call;

  /**
   * @param notifiers by the receiver's name
   * @throws StoreException if what is stored cannot be read
   */
  Shift(
      RunConfig config,
      Evaluator evaluator,
      Journal journal,
      Map<String, Notifier> notifiers,
      Http http,
      BooleanSupplier maySend,
      Scene scene) {
    this.scene = scene;
    call = config.call();
    ledger = new Ledger(journal, this::wake);
    endWhatNobodyKnows(config);
    notifiers.forEach(
        (name, notifier) ->
            couriers.put(name, new Courier(name, notifier, ledger, maySend, scene)));
    couriers.values().forEach(courierThreads::execute);
    List<Watch> watches = new ArrayList<>();
    for (Rule rule : config.rules()) {
      watches.add(new Watch(rule, evaluator, ledger, config.receiversOf(rule.severity()), scene));
    }
    rounds = new Rounds(watches, scene.clock());
    SelfCheck self = new SelfCheck(ledger, watches, config, scene);
    every(SELF_CHECK, () -> self.check(scene.now()));
    config
        .heartbeat()
        .ifPresent(
            heart -> {
              Heartbeat heartbeat = new Heartbeat(http, heart.target());
              Heart beating = new Heart(heartbeat, watches, ledger, maySend, scene);
              every(heart.every(), () -> beating.beat(scene.now()));
            });
    gauges();
  }

  Ledger ledger() {
    return ledger;
  }

  private void wake(String receiver) {
    Courier courier = couriers.get(receiver);
    if (courier != null) {
      courier.wake();
    }
  }

  private void every(Duration period, Runnable chore) {
    Runnable safe =
        () -> {
          try {
            chore.run();
          } catch (StoreException e) {
            scene.metrics().count(RunMetrics.STORE_ERRORS);
          } catch (RuntimeException e) {
            LOG.error("failed in a way that nobody foresaw", e);
          }
        };
    chores.scheduleAtFixedRate(
        safe, Math.min(1000, period.toMillis()), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Rules and receivers may have been removed since these were stored. */
  private void endWhatNobodyKnows(RunConfig config) {
    Instant now = scene.now();
    Set<String> rules =
        Stream.concat(config.rules().stream(), SelfCheck.RULES.stream())
            .map(Rule::name)
            .collect(Collectors.toSet());
    List<Incident> ended =
        ledger.open().stream()
            .filter(incident -> !rules.contains(incident.rule()))
            .map(incident -> incident.ruleRemoved(now))
            .toList();
    ended.forEach(i -> LOG.warn("{} ends: its rule is no longer in use", i.key()));
    ledger.commit(ended, now);
    Set<String> receivers =
        config.receivers().stream().map(ReceiverConfig::name).collect(Collectors.toSet());
    for (Delivery delivery : ledger.due()) {
      if (!receivers.contains(delivery.receiver())) {
        LOG.warn(
            "{} is not sent to {}: no receiver has this name any more",
            delivery.notification(),
            delivery.receiver());
        ledger.settle(delivery, delivery, DeliveryState.DROPPED, now);
      }
    }
  }

  private void gauges() {
    RunMetrics metrics = scene.metrics();
    for (Phase phase : List.of(Phase.PENDING, Phase.FIRING, Phase.KEEP_FIRING)) {
      metrics.gauge(
          "tokenwatt_alerts_incidents",
          () -> ledger.open().stream().filter(i -> i.state().phase() == phase).count(),
          "phase",
          phase.label());
    }
    for (String receiver : couriers.keySet()) {
      metrics.gauge("tokenwatt_alerts_outbox", () -> due(receiver).size(), "receiver", receiver);
      metrics.gauge(
          "tokenwatt_alerts_outbox_oldest_seconds", () -> age(receiver), "receiver", receiver);
    }
  }

  private List<Delivery> due(String receiver) {
    return ledger.due().stream().filter(d -> d.receiver().equals(receiver)).toList();
  }

  private double age(String receiver) {
    Instant now = scene.now();
    return due(receiver).stream()
        .mapToDouble(delivery -> Duration.between(delivery.since(), now).toMillis() / 1e3)
        .max()
        .orElse(0);
  }

  /** Lets evaluations end, and what is being sent be recorded. */
  @Override
  public void close() {
    chores.shutdownNow();
    rounds.close();
    couriers.values().forEach(Courier::stop);
    courierThreads.shutdown();
    try {
      if (!courierThreads.awaitTermination(call.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        courierThreads.shutdownNow();
      }
    } catch (InterruptedException e) {
      courierThreads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    // Whoever has the lease now knows; what is old here would look like trouble.
    GAUGES.forEach(scene.metrics()::forget);
    scene.health().forgetWork();
  }
}
