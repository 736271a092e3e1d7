package io.tokenwatt.quickstart.bench.panels;

import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Runs queries in turns, so that a busy minute of the machine hits all of them alike. */
final class PanelTimes {
  private static final int HOPELESS = 100;

  private final Engine engine;
  private final List<PanelQuery> queries;
  private final List<List<Double>> elapsedMs = new ArrayList<>();
  private final double[] cpuMs;
  private final long[] rowsRead;

  PanelTimes(Engine engine, List<PanelQuery> queries) {
    this.engine = engine;
    this.queries = queries;
    queries.forEach(query -> elapsedMs.add(new ArrayList<>()));
    cpuMs = new double[queries.size()];
    rowsRead = new long[queries.size()];
  }

  /**
   * One round before is not counted: the first reading fills caches. A query that missed its goal
   * {@value #HOPELESS} times over in it is measured once more only: more rounds would tell nothing.
   */
  List<Figure> measure(int rounds) throws IOException, InterruptedException {
    boolean[] hopeless = new boolean[queries.size()];
    for (int i = 0; i < hopeless.length; i++) {
      PanelQuery query = queries.get(i);
      hopeless[i] = engine.run(query.sql()).elapsedMs() > HOPELESS * query.scope().goalMs();
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < hopeless.length; i++) {
        if (round == 0 || !hopeless[i]) {
          once(i);
        }
      }
    }
    return IntStream.range(0, hopeless.length).mapToObj(this::figure).toList();
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
                "%d rounds, %.0f ms of CPU, %,d rows read",
                rounds,
                cpuMs[i] / rounds,
                rowsRead[i]));
  }
}
