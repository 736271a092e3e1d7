package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.model.fact.ChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Ten quiet minutes of four nodes with two boards and an engine each, then a change. */
final class Incident {
  static final int CHANGE = 60;
  static final int AFTER = 4;
  static final long STARTED = Rows.START + CHANGE * 10_000L;

  final EvidenceState state = new EvidenceState();
  private final Rows rows;
  private final List<Rows.Board> boards = new ArrayList<>();
  private final List<Rows.Engine> engines = new ArrayList<>();
  private Consumer<Rows.Board> onBoards = board -> {};
  private Consumer<Rows.Engine> onEngines = engine -> {};
  private Explanation explanation;

  Incident(long seed) {
    rows = new Rows(seed);
    for (int node = 1; node <= 4; node++) {
      for (int gpu = 0; gpu < 2; gpu++) {
        Rows.Board board = new Rows.Board();
        board.node = "n" + node;
        board.gpu = "GPU-" + node + gpu;
        boards.add(board);
      }
      Rows.Engine engine = new Rows.Engine();
      engine.node = "n" + node;
      engines.add(engine);
    }
  }

  /** dcgm-exporter shows neither limits nor reasons nor NVLink. */
  Incident withDefaultCounters() {
    boards.forEach(board -> board.shown = false);
    return this;
  }

  void onBoards(Consumer<Rows.Board> change) {
    onBoards = change;
  }

  void onEngines(Consumer<Rows.Engine> change) {
    onEngines = change;
  }

  void told(ChangeEvent event) {
    state.add(event);
  }

  SuspectKind kind() {
    return explained().suspects().get(0).kind();
  }

  Explanation explained() {
    if (explanation == null) {
      for (int window = 0; window < CHANGE + AFTER; window++) {
        happen(window);
      }
      explanation = Suspects.rank(state, Rows.SERIES, STARTED, STARTED + AFTER * 10_000L);
    }
    return explanation;
  }

  private void happen(int window) {
    if (window == CHANGE) {
      boards.forEach(onBoards);
      engines.forEach(onEngines);
    }
    boards.forEach(b -> state.add(rows.row(window, b)));
    engines.forEach(e -> state.add(rows.row(window, e)));
  }
}
