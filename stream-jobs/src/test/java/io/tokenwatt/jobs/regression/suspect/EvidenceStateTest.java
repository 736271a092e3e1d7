package io.tokenwatt.jobs.regression.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.fact.ChangeEvent.Scope;
import io.tokenwatt.model.fact.ChangeEvent.Setup;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept, for how long, and what an event counts for. */
class EvidenceStateTest {
  private final Rows rows = new Rows(7);

  @Test
  void boardsBeyondTheBoundAreCountedNotKept() {
    EvidenceState state = new EvidenceState();
    for (int i = 0; i < EvidenceState.MOST_BOARDS + 5; i++) {
      Rows.Board board = new Rows.Board();
      board.gpu = "GPU-" + i;
      state.add(rows.row(0, board));
    }
    assertThat(state.boards).hasSize(EvidenceState.MOST_BOARDS);
    assertThat(state.rowsBeyond).isEqualTo(5);
  }

  @Test
  void whatIsSilentForADayIsForgotten() {
    EvidenceState state = new EvidenceState();
    state.add(rows.row(0, new Rows.Board()));
    state.add(rows.row(0, new Rows.Engine()));
    state.trim(Rows.START + 86_400_000);
    assertThat(state.isEmpty()).isFalse();
    state.trim(Rows.START + 86_400_001);
    assertThat(state.isEmpty()).isTrue();
  }

  @Test
  void aMonthOfRowsTakesNoMoreThanItsRings() {
    EvidenceState state = new EvidenceState();
    for (int window = 0; window < 30 * 8640; window += 7) {
      state.add(rows.row(window, new Rows.Board()));
    }
    Trail trail = state.boards.get("GPU-1");
    int floats = trail.fine.sums.length + trail.coarse.sums.length + trail.slow.sums.length;
    assertThat(4 * floats).isLessThan(20_000);
    assertThat(trail.before(Rows.START + 20 * 86_400_000L, 36)).isEmpty();
    assertThat(trail.before(Rows.START + 25 * 86_400_000L, 36)).isNotEmpty();
  }

  @Test
  void aLevelOfHoursAgoIsStillComparedWith() {
    EvidenceState state = new EvidenceState();
    Rows.Board board = new Rows.Board();
    for (int window = 0; window < 8640; window++) {
      board.clock = window < 1000 ? 1980 : 1500;
      state.add(rows.row(window, board));
    }
    Trail trail = state.boards.get("GPU-1");
    long started = Rows.START + 10_000_000;
    Shift clock =
        Shift.of(
                trail.before(started, 36),
                trail.after(started, Rows.START + 86_400_000),
                15,
                BoardSign.SM_CLOCK::of)
            .orElseThrow();
    assertThat(clock.after()).isEqualTo(1500);
    // The stretch of four hours in which it changed is not before the start.
    assertThat(clock.before()).isGreaterThanOrEqualTo(1500);
  }

  @Test
  void anOlderVersionOfAWindowChangesNothing() {
    Ring ring = Ring.of(10_000, 4, 1);
    ring.put(Rows.START, 5, new float[] {1}, null);
    ring.put(Rows.START, 4, new float[] {2}, null);
    assertThat(ring.values((int) (Rows.START / 10_000 % 4))).containsExactly(1);
  }

  @Test
  void aFullCacheStandsBehindTheDeploymentThatFilledIt() {
    Incident incident = new Incident(3);
    incident.told(event(Kind.DEPLOYMENT, "chat", Setup.UNKNOWN, Map.of()));
    incident.onEngines(
        engine -> {
          engine.kv = 0.99;
          engine.preemptions = 20;
        });
    assertThat(incident.kind()).isEqualTo(SuspectKind.DEPLOYMENT);
  }

  @Test
  void aDeploymentOfAnotherWorkloadIsNoEvidence() {
    Incident incident = new Incident(3);
    incident.told(event(Kind.DEPLOYMENT, "code", Setup.UNKNOWN, Map.of()));
    assertThat(incident.kind()).isEqualTo(SuspectKind.UNKNOWN);
  }

  @Test
  void aToldVersionIsAnEngineVersion() {
    Incident incident = new Incident(3);
    Setup setup = new Setup("vllm", "0.16.1", "", null, null, null, null, "", null, "");
    incident.told(event(Kind.DEPLOYMENT, "chat", setup, Map.of()));
    assertThat(incident.kind()).isEqualTo(SuspectKind.ENGINE_VERSION);
    assertThat(incident.explained().cause()).isEqualTo("engine_version chat in us-east");
  }

  @Test
  void theAgentsOwnVersionIsNoEvidence() {
    Incident incident = new Incident(3);
    incident.told(event(Kind.CONFIG, "chat", Setup.UNKNOWN, Map.of("changed", "agent")));
    assertThat(incident.kind()).isEqualTo(SuspectKind.UNKNOWN);
  }

  private static ChangeEvent event(
      Kind kind, String workload, Setup setup, Map<String, String> attributes) {
    return new ChangeEvent(
        "e1",
        Incident.STARTED - 20_000,
        kind,
        Origin.TOLD,
        new Scope("us-east", "", "", "", "", workload, ""),
        setup,
        "rollout of " + workload,
        "",
        "ci",
        "",
        "",
        attributes,
        1);
  }
}
