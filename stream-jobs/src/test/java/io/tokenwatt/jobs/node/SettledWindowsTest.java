package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Window;
import org.junit.jupiter.api.Test;

/**
 * What a record costs must not grow with the windows that are kept for late ones. That skipped
 * windows change no row is held by NodeMeterPropertyTest and FleetPropertyTest.
 */
class SettledWindowsTest {
  private static final long START = 1_800_000_000_000L;

  private final NodeState state = new NodeState();
  private final NodeMeter meter = new NodeMeter(state, new PlainNaming(), 0, new Ledger());
  private final ServingNode node = new ServingNode("n", "chat", 'A', START, 1);

  private void live(int from, int until) {
    for (int second = from; second < until; second++) {
      long atMs = START + second * 1000L;
      meter.accept(node.sample(atMs, 24, 1), atMs + 40);
    }
  }

  @Test
  void ofAllKeptWindowsFewAreLookedAt() {
    live(0, 900);
    assertThat(state.windows.size())
        .as("kept for whatever is spread over a gap")
        .isGreaterThan((int) (TimeModel.MAX_GAP_MS / Window.SIZE_MS));
    assertThat(state.unsettled()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void whatIsAddedToAKeptWindowIsHandedOut() {
    live(0, 300);
    live(400, 402); // a gap of 100 s: its joules and tokens are laid on windows of silence
    live(402, 900);
    assertThat(state.unsettled()).hasSizeLessThanOrEqualTo(3);
    assertThat(state.windows.values())
        .filteredOn(w -> w.settled)
        .allSatisfy(
            w -> {
              assertThat(w.cells.values()).noneMatch(c -> c.dirty);
              assertThat(w.gpus.values()).noneMatch(g -> g.dirty);
            });
  }
}
