package io.tokenwatt.jobs.regression.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One cause at a time on four nodes of two boards, ranked 30 s after it began. */
class SuspectsTest {
  private static final int CHANGE = 60;
  private static final long STARTED = Rows.START + CHANGE * 10_000L;

  private final EvidenceState state = new EvidenceState();
  private final Rows rows = new Rows(System.nanoTime());
  private final List<Rows.Board> boards = new ArrayList<>();
  private final List<Rows.Engine> engines = new ArrayList<>();

  @Test
  void aLowerPowerLimitIsNamedWithItsNumbers() {
    Explanation found =
        after(
            board -> {
              board.limit = 400;
              board.clock = 1410;
              board.reasons = 0x4;
              board.powerThrottled = 0.6;
            },
            engine -> engine.running = 28);
    assertThat(found.suspects().get(0).kind()).isEqualTo(SuspectKind.POWER_CAP);
    assertThat(found.suspects().get(0).evidence())
        .isEqualTo(
            "SM clock 1980 → 1410 MHz, power limit 700 → 400 W on 8 of 8 boards since 11:16:40");
    assertThat(found.cause()).isEqualTo("power_cap H100 in us-east");
    assertThat(found.gpus()).hasSize(8);
    assertThat(found.nodes()).containsExactly("n1", "n2", "n3", "n4");
  }

  @Test
  void nothingThatChangedIsUnknownAndNamesTheWorkload() {
    Explanation found = after(board -> {}, engine -> {});
    assertThat(found.cause()).isEqualTo("unknown chat on H100 in us-east");
    assertThat(found.suspects()).hasSize(1);
  }

  private Explanation after(Consumer<Rows.Board> board, Consumer<Rows.Engine> engine) {
    for (int node = 1; node <= 4; node++) {
      for (int gpu = 0; gpu < 2; gpu++) {
        Rows.Board one = new Rows.Board();
        one.node = "n" + node;
        one.gpu = "GPU-" + node + gpu;
        boards.add(one);
      }
      Rows.Engine one = new Rows.Engine();
      one.node = "n" + node;
      engines.add(one);
    }
    for (int window = 0; window < CHANGE + 3; window++) {
      int at = window;
      if (window == CHANGE) {
        boards.forEach(board);
        engines.forEach(engine);
      }
      boards.forEach(b -> state.add(rows.row(at, b)));
      engines.forEach(e -> state.add(rows.row(at, e)));
    }
    return Suspects.rank(state, Rows.SERIES, STARTED, STARTED + 30_000);
  }
}
