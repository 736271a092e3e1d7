package io.tokenwatt.jobs.regression.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One cause at a time on four nodes of two boards, ranked 40 s after it began. */
class SuspectsTest {
  private final long seed = TrialSeed.of(20_261_121);
  private final Incident incident = new Incident(seed);

  @Test
  void aLowerPowerLimitIsNamedWithItsNumbers() {
    incident.onBoards(
        board -> {
          board.limit = 400;
          board.clock = 1410;
          board.reasons = 0x4;
          board.powerThrottled = 0.6;
        });
    incident.onEngines(engine -> engine.running = 28);
    Explanation found = incident.explained();
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
    Explanation found = incident.explained();
    assertThat(found.cause()).as("seed " + seed).isEqualTo("unknown chat on H100 in us-east");
  }

  @Test
  void heatIsToldByTheReasonElseByTheTemperature() {
    incident.onBoards(
        board -> {
          board.clock = 1500;
          board.celsius = 86;
          board.reasons = 0x20;
        });
    assertThat(incident.kind()).isEqualTo(SuspectKind.THERMAL);
    Incident defaults = new Incident(seed).withDefaultCounters();
    defaults.onBoards(
        board -> {
          board.clock = 1500;
          board.celsius = 86;
        });
    assertThat(defaults.kind()).isEqualTo(SuspectKind.THERMAL);
  }

  @Test
  void aBrakeOfTheHardwareIsToldApartFromHeat() {
    incident.onBoards(
        board -> {
          board.clock = 900;
          board.reasons = 0x80;
        });
    assertThat(incident.kind()).isEqualTo(SuspectKind.HW_SLOWDOWN);
  }

  @Test
  void aLockedClockIsKnownByTheRoomUnderThePowerLimit() {
    incident.onBoards(board -> board.clock = 1200);
    assertThat(incident.kind()).as("seed " + seed).isEqualTo(SuspectKind.CLOCK);
    assertThat(incident.explained().suspects().get(0).evidence()).endsWith("and not reached");
  }

  @Test
  void aCapWithoutTelemetryIsNeverCertain() {
    Incident defaults = new Incident(seed).withDefaultCounters();
    defaults.onBoards(board -> board.clock = 1200);
    Suspect first = defaults.explained().suspects().get(0);
    assertThat(first.score()).isLessThanOrEqualTo(0.5);
    assertThat(first.evidence()).contains("limit and reasons are not shown");
  }

  /** All boards are slower, the fullest engine saturates: that is not a bad node. */
  @Test
  void theNodeThatShowsMostWhatActsOnManyIsNotTheCause() {
    Incident defaults = new Incident(seed).withDefaultCounters();
    defaults.onBoards(board -> board.clock = 1200);
    defaults.onEngines(engine -> engine.running = engine.node.equals("n3") ? 50 : 21);
    assertThat(defaults.explained().suspects())
        .as("seed " + seed)
        .filteredOn(s -> s.kind() == SuspectKind.BAD_NODE)
        .allMatch(s -> s.score() <= 0.5);
    assertThat(defaults.kind()).as("seed " + seed).isNotEqualTo(SuspectKind.BAD_NODE);
  }

  @Test
  void oneNodeAgainstItsPeersIsNamedWithItsMechanism() {
    incident.onBoards(
        board -> {
          if (board.node.equals("n3")) {
            board.clock = 900;
          }
        });
    Explanation found = incident.explained();
    assertThat(found.cause()).isEqualTo("bad_node n3 in us-east");
    assertThat(found.suspects().get(0).evidence()).contains("n3 alone: clock, SM clock 1980 → 900");
    assertThat(found.nodes()).containsExactly("n3");
  }

  @Test
  void oneBoardOfANodeIsABadBoard() {
    incident.onBoards(
        board -> {
          if (board.gpu.equals("GPU-31")) {
            board.xid = 94;
          }
        });
    assertThat(incident.kind()).isEqualTo(SuspectKind.BAD_BOARD);
    assertThat(incident.explained().suspects())
        .extracting(Suspect::kind)
        .contains(SuspectKind.MEMORY_ERRORS);
  }

  @Test
  void aNewDriverOnAllNodesIsNamed() {
    incident.onBoards(board -> board.driver = "590");
    assertThat(incident.explained().cause()).isEqualTo("driver_version H100 in us-east");
  }

  @Test
  void longerPromptsAreNamedWhereMoreTokensCome() {
    incident.onEngines(engine -> engine.prompt = 1600);
    assertThat(incident.kind()).isEqualTo(SuspectKind.PROMPT_MIX);
  }

  @Test
  void fewerEndedRequestsAreNoLongerPrompts() {
    incident.onEngines(
        engine -> {
          engine.requests = 18;
          engine.prompt = 1000 * 30 / 18.0;
          engine.output = 150 * 30 / 18.0;
        });
    assertThat(incident.explained().suspects())
        .as("seed " + seed)
        .noneMatch(s -> s.evidence().contains("prompt tokens per request"));
  }

  @Test
  void aFullCacheIsACauseOnlyWhereNothingElseIs() {
    incident.onEngines(
        engine -> {
          engine.kv = 0.99;
          engine.preemptions = 20;
        });
    assertThat(incident.kind()).isEqualTo(SuspectKind.KV_SATURATION);
    Incident capped = new Incident(seed);
    capped.onEngines(
        engine -> {
          engine.kv = 0.99;
          engine.preemptions = 20;
        });
    capped.onBoards(
        board -> {
          board.limit = 300;
          board.clock = 1000;
        });
    assertThat(capped.kind()).isEqualTo(SuspectKind.POWER_CAP);
  }

  @Test
  void aSmallerBatchWithAQueueIsABatchLimit() {
    incident.onEngines(
        engine -> {
          engine.running = 10;
          engine.waiting = 9;
        });
    assertThat(incident.kind()).isEqualTo(SuspectKind.BATCH);
  }

  @Test
  void aNewcomerOnTheBoardsIsANeighbour() {
    incident.onBoards(board -> board.workload = "chat,batch");
    assertThat(incident.explained().suspects().get(0).evidence())
        .startsWith("batch came to 8 of 8 boards");
  }

  @Test
  void trafficThatMovesToPcieIsTheInterconnect() {
    incident.onBoards(
        board -> {
          board.nvlink = 200;
          board.pcie = 1000;
        });
    assertThat(incident.kind()).isEqualTo(SuspectKind.INTERCONNECT);
  }
}
