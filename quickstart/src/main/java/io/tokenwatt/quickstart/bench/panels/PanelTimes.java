package io.tokenwatt.quickstart.bench.panels;

import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs queries in turns, so that a busy minute of the machine hits all of them alike. */
final class PanelTimes {
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
   * One round before is not counted: the first reading fills caches.
   *
   * @throws IllegalStateException if a query answers no row
   */
  List<Figure> measure(int rounds) throws IOException, InterruptedException {
    for (PanelQuery query : queries) {
      if (engine.run(query.sql()).rows() == 0) {
        throw new IllegalStateException(query.name() + " answers no row: " + query.sql());
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < queries.size(); i++) {
        double before = engine.cpuMs();
        EngineAnswer answer = engine.run(queries.get(i).sql());
        cpuMs[i] += engine.cpuMs() - before;
        elapsedMs.get(i).add(answer.elapsedMs());
        rowsRead[i] = answer.rowsRead();
      }
    }
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      figures.add(figure(i, rounds));
    }
    return figures;
  }

  private Figure figure(int i, int rounds) {
    PanelQuery query = queries.get(i);
    return Figure.of(query.name() + ", " + query.scope().text(), "ms", Spread.of(elapsedMs.get(i)))
        .goal(query.scope().goal())
        .remark(
            String.format(
                Locale.ROOT, "%.0f ms of CPU, %,d rows read", cpuMs[i] / rounds, rowsRead[i]));
  }
}
