package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Evaluator;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.notify.Http;
import io.tokenwatt.alerts.notify.TerminalNotifier;
import io.tokenwatt.alerts.outbox.Ledger;
import io.tokenwatt.alerts.outbox.MemoryJournal;
import io.tokenwatt.storage.StoreException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates and prints; takes no lease, writes nothing, tells nobody. */
final class DryRun {
  private static final String TERMINAL = "terminal";

  private final RunConfig config;
  private final Scene scene;
  private final PrintWriter out;

  DryRun(RunConfig config, PrintWriter out) {
    List<String> told = List.of(TERMINAL);
    this.config =
        new RunConfig(
            config.store(),
            config.rules(),
            config.instance(),
            Optional.empty(),
            config.lease(),
            List.of(),
            Map.of(Severity.PAGE, told, Severity.TICKET, told),
            Optional.empty(),
            config.repeat(),
            config.play(),
            config.grafana());
    this.out = out;
    Clock clock = Clock.systemUTC();
    Messages messages = new Messages(config.rules(), config.play(), config.grafana());
    scene =
        new Scene(clock, messages, new RunMetrics(), new RunHealth(clock::instant), new Refusals());
  }

  /**
   * Goes on until the thread is interrupted.
   *
   * @throws StoreException if ClickHouse does not answer at the start
   */
  void forever() throws InterruptedException {
    Http http = new Http(config.call());
    try (Evaluator evaluator = new Evaluator(config.store());
        Shift shift =
            new Shift(
                config,
                evaluator,
                new MemoryJournal(),
                Map.of(TERMINAL, new TerminalNotifier(out)),
                http,
                () -> true,
                scene)) {
      out.printf("Dry run of %d rules; Ctrl-C ends it.%n", config.rules().size());
      out.flush();
      Thread.currentThread().join();
    } finally {
      http.close();
    }
  }

  /**
   * Every rule once.
   *
   * @return whether every rule could be evaluated
   * @throws StoreException if ClickHouse does not answer
   */
  boolean once(PrintWriter err) {
    Ledger ledger = new Ledger(new MemoryJournal(), receiver -> {});
    TerminalNotifier terminal = new TerminalNotifier(out);
    boolean all = true;
    try (Evaluator evaluator = new Evaluator(config.store())) {
      for (Rule rule : config.rules()) {
        Watch watch =
            new Watch(rule, evaluator, ledger, config.receiversOf(rule.severity()), scene);
        watch.evaluate(scene.now());
        if (watch.failuresInARow() > 0) {
          err.println("rule " + rule.name() + " failed: " + watch.lastError());
          all = false;
        }
      }
    }
    ledger.due().forEach(delivery -> terminal.send(scene.messages().of(delivery), scene.now()));
    for (Incident incident : ledger.open()) {
      if (!incident.state().fired()) {
        out.printf("pending: %s %s%n", incident.rule(), incident.labels());
      }
    }
    out.printf("%d would be told, %d rules.%n", ledger.due().size(), config.rules().size());
    out.flush();
    err.flush();
    return all;
  }
}
