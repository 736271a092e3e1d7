package io.tokenwatt.quickstart.bench.panels;

import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Runs queries in turns, so that a busy minute of the machine hits all of them alike. */
final class PanelTimes {
  private static final int HOPELESS = 10;

  /** With the filling of the store the whole run stays below ten minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Engine engine;
  private final PrintWriter err;
  private final List<PanelQuery> queries;
  private final List<List<Double>> elapsedMs = new ArrayList<>();
  private final double[] cpuMs;
  private final long[] rowsRead;

  PanelTimes(Engine engine, List<PanelQuery> queries, PrintWriter err) {
    this.engine = engine;
    this.queries = queries;
    this.err = err;
    queries.forEach(query -> elapsedMs.add(new ArrayList<>()));
    cpuMs = new double[queries.size()];
    rowsRead = new long[queries.size()];
  }

  /**
   * The first reading of a query fills caches and is not counted, unless it missed the goal {@value
   * #HOPELESS} times over, or time is up: then it is the figure, for more rounds would tell
   * nothing, and the remark says so.
   */
  List<Figure> measure(int rounds) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean[] done = new boolean[queries.size()];
    for (int i = 0; i < done.length; i++) {
      once(i);
      PanelQuery query = queries.get(i);
      done[i] = elapsedMs.get(i).get(0) > HOPELESS * query.scope().goalMs();
      tell("first reading", i, done.length);
    }
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < done.length && System.nanoTime() < end; i++) {
        if (!done[i]) {
          if (round == 1) {
            elapsedMs.get(i).clear();
            cpuMs[i] = 0;
          }
          once(i);
        }
      }
      tell("round " + round + " of " + rounds, done.length - 1, done.length);
    }
    return IntStream.range(0, done.length).mapToObj(this::figure).toList();
  }

  /** Every fortieth query. */
  private void tell(String what, int i, int all) {
    if (i % 40 == 39 || i + 1 == all) {
      err.printf("  %s: %d of %d queries%n", what, i + 1, all);
      err.flush();
    }
  }

  private void once(int i) throws IOException, InterruptedException {
    double before = engine.cpuMs();
    EngineAnswer answer = engine.run(queries.get(i).sql());
    cpuMs[i] += engine.cpuMs() - before;
    elapsedMs.get(i).add(answer.elapsedMs());
    rowsRead[i] = answer.rowsRead();
  }

  private Figure figure(int i) {
    int rounds = elapsedMs.get(i).size();
    PanelQuery query = queries.get(i);
    return Figure.of(query.name() + ", " + query.scope().text(), "ms", Spread.of(elapsedMs.get(i)))
        .goal(query.scope().goal())
        .remark(
            String.format(
                Locale.ROOT,
                "%s, %.0f ms of CPU, %,d rows read",
                rounds == 1 ? "first reading" : rounds + " rounds",
                cpuMs[i] / rounds,
                rowsRead[i]));
  }
}
