package io.tokenwatt.quickstart.bench.live;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Detector and Prometheus with Alertmanager side by side in real time: the same series, each with
 * one step, and the same webhook at the end.
 */
public final class LiveRun {
  static final String OURS = "Tokenwatt";

  private static final long SAY_EVERY_MS = 30_000;

  private final LivePlan plan;
  private final Detector detector;
  private final FleetPlans fleet;
  private final PrintWriter err;
  private final HttpClient http = HttpClient.newHttpClient();

  public LiveRun(LivePlan plan, Detector detector, FleetPlans fleet, PrintWriter err) {
    this.plan = plan;
    this.detector = detector;
    this.fleet = fleet;
    this.err = err;
  }

  /** What is missing on this machine; empty = it can run. */
  public static List<String> missing() {
    return List.of("prometheus", "promtool", "prometheus-alertmanager").stream()
        .filter(program -> Child.find(program).isEmpty())
        .toList();
  }

  /**
   * Takes as many minutes as the plan says.
   *
   * @throws IOException with the log of a program that did not start
   */
  public Section run(Path folder) throws IOException, InterruptedException {
    try (Webhook webhook = new Webhook();
        LiveFleet live = new LiveFleet(plan, detector, fleet, System.currentTimeMillis())) {
      say("simulating %d h of %d series".formatted(LivePlan.HISTORY_HOURS, plan.series()));
      History history = live.past(System.currentTimeMillis(), (series, verdict) -> {});
      Files.writeString(folder.resolve("history.om"), history.text());
      int alertmanager = Child.freePort();
      Path rules =
          new PrometheusFiles(folder).prometheus(live.port(), alertmanager, plan.equalFactor());
      Path routes = new PrometheusFiles(folder).alertmanager(webhook.port());
      backfill(folder);
      try (Child a = alertmanager(folder, routes, alertmanager);
          Child p = prometheus(folder, rules)) {
        long start = System.currentTimeMillis();
        live.steps(plan, start);
        follow(live, webhook, start + plan.minutes() * 60_000L);
        a.requireAlive();
        p.requireAlive();
      }
      return LiveTable.of(plan, live.all(), webhook.messages());
    }
  }

  private static String program(String name) {
    return Child.find(name).orElseThrow().toString();
  }

  private static void backfill(Path folder) throws IOException, InterruptedException {
    List<String> words =
        List.of(
            program("promtool"), "tsdb", "create-blocks-from", "openmetrics", "history.om", "data");
    try (Child promtool = Child.start(folder, words)) {
      promtool.finish();
    }
  }

  private static Child alertmanager(Path folder, Path routes, int port) throws IOException {
    return Child.start(
        folder,
        List.of(
            program("prometheus-alertmanager"),
            "--config.file=" + routes,
            "--storage.path=" + folder.resolve("alerts"),
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + port));
  }

  private static Child prometheus(Path folder, Path rules) throws IOException {
    return Child.start(
        folder,
        List.of(
            program("prometheus"),
            "--config.file=" + rules,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + Child.freePort()));
  }

  private void follow(LiveFleet live, Webhook webhook, long endMs)
      throws IOException, InterruptedException {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      Runnable tick = () -> live.tick(System.currentTimeMillis(), (s, v) -> post(webhook, s, v));
      ScheduledFuture<?> ticking = clock.scheduleAtFixedRate(tick, 0, 1, TimeUnit.SECONDS);
      while (left(endMs) > 0) {
        say("%d s left, %d messages".formatted(left(endMs) / 1_000, webhook.messages().size()));
        await(ticking, Math.min(left(endMs), SAY_EVERY_MS));
      }
    } finally {
      clock.shutdownNow();
    }
  }

  /** It never ends by itself but by a failure. */
  private static void await(ScheduledFuture<?> ticking, long ms)
      throws IOException, InterruptedException {
    try {
      ticking.get(Math.max(1, ms), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw new IOException("a tick of the live run failed", e.getCause());
    }
  }

  private static long left(long endMs) {
    return endMs - System.currentTimeMillis();
  }

  private void post(Webhook webhook, LiveSeries series, Verdict verdict) {
    if (verdict instanceof Verdict.Opened) {
      http.sendAsync(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webhook.port() + "/"))
              .POST(HttpRequest.BodyPublishers.ofString(Webhook.body(OURS, series.name())))
              .build(),
          BodyHandlers.discarding());
    }
  }

  private void say(String text) {
    err.println("live run: " + text);
    err.flush();
  }
}
