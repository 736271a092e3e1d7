package io.tokenwatt.quickstart.bench.live;

import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.quickstart.bench.workload.Fault;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * All series of a live run and the page that shows their counters. Ticks from one thread; the page
 * may be read from others.
 */
final class LiveFleet implements AutoCloseable {
  private static final long SCRAPE_MS = 15_000;

  private final List<LiveSeries> all = new ArrayList<>();
  private final HttpServer server;
  private volatile String page = "";

  LiveFleet(LivePlan plan, Detector detector, FleetPlans plans, long nowMs) throws IOException {
    SplittableRandom random = new SplittableRandom(plan.seed());
    long start = nowMs / 10_000 * 10_000 - LivePlan.HISTORY_HOURS * 3_600_000L;
    for (int i = 0; i < plan.series(); i++) {
      all.add(new LiveSeries("series-" + i, plans.draw(random), detector, start, random.split()));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<LiveSeries> all() {
    return all;
  }

  /** Runs the past, up to {@code untilMs}; its last part is what Prometheus knows of it. */
  History past(long untilMs, BiConsumer<LiveSeries, Verdict> said) {
    History history = new History();
    for (LiveSeries series : all) {
      while (series.nowMs() + LiveSeries.TICK_MS <= untilMs) {
        series.tick();
        series.judge(series.nowMs(), verdict -> said.accept(series, verdict));
        if (series.nowMs() % SCRAPE_MS == 0 && series.nowMs() > untilMs - LivePlan.KNOWN_MS) {
          history.scrape(series);
        }
      }
    }
    return history;
  }

  /** Draws when each series steps. */
  void steps(LivePlan plan, long startMs) {
    SplittableRandom random = new SplittableRandom(plan.seed() + 1);
    for (LiveSeries series : all) {
      long at = random.nextLong(plan.firstStepMs(startMs), plan.lastStepMs(startMs));
      series.stepAt(at);
      series.simulated().circumstances().fault =
          new Fault(Fault.Kind.POWER, Fault.Growth.STEP, plan.size(), at, Long.MAX_VALUE);
    }
  }

  /** Brings all series to the whole second before {@code nowMs} and judges what is due. */
  void tick(long nowMs, BiConsumer<LiveSeries, Verdict> said) {
    for (LiveSeries series : all) {
      while (series.nowMs() + LiveSeries.TICK_MS <= nowMs) {
        series.tick();
      }
    }
    page = History.page(all);
    all.forEach(series -> series.judge(nowMs, verdict -> said.accept(series, verdict)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
