package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node's samples tell of changes. */
class ChangeWatchTest {
  private final ChangingNode node = new ChangingNode();

  @Test
  void whatRunsAtFirstSightIsDescribedAndIsNoChange() {
    List<ChangeEvent> events = node.run(10);
    assertThat(events).hasSize(1);
    ChangeEvent event = events.get(0);
    assertThat(event.kind()).isEqualTo(Kind.DEPLOYMENT);
    assertThat(event.origin()).isEqualTo(Origin.FIRST_SEEN);
    assertThat(event.isChange()).isFalse();
    assertThat(event.timeMs()).isEqualTo(MeteredNode.T0 + 1000);
    assertThat(event.title()).isEqualTo("chat runs as chat@1");
    assertThat(event.scope())
        .isEqualTo(new ChangeEvent.Scope("eu", "c1", "n1", "H100", "llama", "chat", "chat@1"));
    assertThat(event.setup().engine()).isEqualTo("vllm");
    assertThat(event.setup().engineVersion()).isEqualTo("0.8");
    assertThat(event.setup().maxBatch()).isEqualTo(256);
    assertThat(event.setup().driver()).isEqualTo("550.1");
    assertThat(event.setup().powerLimitMw()).isEqualTo(700_000);
    assertThat(event.setup().tensorParallel()).isNull();
    assertThat(event.setup().configHash()).hasSize(16);
  }

  @Test
  void aNewDriverIsAnEventOfTheNodeAndANewDeploymentOfItsEngines() {
    node.run(5);
    node.driver = "560.2";
    node.chat().deployment = "chat@2";
    long changed = node.nowMs() + 1000;
    List<ChangeEvent> events = node.run(5);
    assertThat(events).extracting(ChangeEvent::kind).containsExactly(Kind.DRIVER, Kind.DEPLOYMENT);
    assertThat(events).extracting(ChangeEvent::timeMs).containsOnly(changed);
    assertThat(events.get(0).title()).isEqualTo("driver 550.1 to 560.2");
    assertThat(events.get(1).title()).isEqualTo("chat: chat@1 to chat@2 (driver 550.1 to 560.2)");
    assertThat(events).allMatch(ChangeEvent::isChange);
  }

  @Test
  void anotherBatchLimitNamesWhatChangedAndItsBlocksDoNot() {
    node.run(5);
    node.chat().info.put("num_gpu_blocks", "1001");
    assertThat(node.run(5)).isEmpty();
    node.chat().info.put("max_num_seqs", "64");
    node.chat().deployment = "chat@2";
    node.chat().startedMs = node.nowMs();
    List<ChangeEvent> events = node.run(5);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).attributes())
        .containsEntry("from", "chat@1")
        .containsEntry("to", "chat@2")
        .containsEntry("changed", "max_num_seqs")
        .containsEntry("max_num_seqs", "256 to 64");
    assertThat(events.get(0).setup().maxBatch()).isEqualTo(64);
  }

  @Test
  void optionsThatLeaveTheDeploymentsKeyAloneAreConfiguration() {
    node.run(5);
    node.chat().info.put("version", "0.9");
    List<ChangeEvent> events = node.run(5);
    assertThat(events).extracting(ChangeEvent::kind).containsExactly(Kind.CONFIG);
    assertThat(events.get(0).title()).isEqualTo("chat: options of chat@1 (version 0.8 to 0.9)");
  }

  @Test
  void aChangeThatLastsForOneSampleIsNone() {
    node.run(5);
    node.driver = "560.2";
    node.chat().deployment = "chat@2";
    node.limitsMw[0] = 400_000;
    node.run(1);
    node.driver = "550.1";
    node.chat().deployment = "chat@1";
    node.limitsMw[0] = 700_000;
    assertThat(node.run(5)).isEmpty();
  }

  @Test
  void aPowerCapOnBoardsOfOneDeploymentIsOneEventFromItsFirstReading() {
    node.limitsMw = new long[] {700_000, 700_000, 700_000};
    node.run(5);
    node.limitsMw = new long[] {450_000, 450_000, 700_000};
    long changed = node.nowMs() + 1000;
    List<ChangeEvent> events = node.run(5);
    // The second board has no owner.
    assertThat(events).hasSize(2);
    assertThat(events).extracting(e -> e.scope().deployment()).containsExactly("chat@1", "");
    ChangeEvent event = events.get(0);
    assertThat(event.kind()).isEqualTo(Kind.POWER_LIMIT);
    assertThat(event.timeMs()).isEqualTo(changed);
    assertThat(event.title()).isEqualTo("power limit 700 W to 450 W on 1 board");
    assertThat(event.setup().powerLimitMw()).isEqualTo(450_000);
  }

  @Test
  void jitterOfALimitIsNoChangeAndASlowDescentIs() {
    node.run(5);
    for (int i = 0; i < 50; i++) {
      node.limitsMw[0] = 700_000 + 6_900 * (i % 3 - 1);
      assertThat(node.run(1)).isEmpty();
    }
    node.limitsMw[0] = 700_000;
    node.run(2);
    int told = 0;
    for (int i = 0; i < 100; i++) {
      node.limitsMw[0] -= 1_000;
      told += node.run(1).size();
    }
    assertThat(told).isBetween(5, 20);
  }

  @Test
  void anEngineThatStartsAgainIsTold() {
    node.run(5);
    node.chat().startedMs = node.nowMs();
    List<ChangeEvent> events = node.run(5);
    assertThat(events).extracting(ChangeEvent::kind).containsExactly(Kind.RESTART);
    assertThat(events.get(0).title()).isEqualTo("chat: an engine process started");
  }

  @Test
  void anEngineThatIsSilentWhileItLoadsIsToldWhenItAnswers() {
    node.run(5);
    node.chat().answers = false;
    node.chat().startedMs = node.nowMs() + 3000;
    assertThat(node.run(120)).isEmpty();
    node.chat().answers = true;
    assertThat(node.run(5)).extracting(ChangeEvent::kind).containsExactly(Kind.RESTART);
  }

  @Test
  void aCrashLoopIsToldOnceAMinuteWithItsCount() {
    node.run(5);
    int told = 0;
    int restarts = 0;
    for (int i = 0; i < 30; i++) {
      node.chat().startedMs = node.nowMs();
      for (ChangeEvent event : node.run(10)) {
        told++;
        restarts += Integer.parseInt(event.attributes().get("restarts"));
      }
    }
    assertThat(told).isBetween(4, 6);
    assertThat(restarts).isBetween(24, 30);
  }

  @Test
  void aRestartOfTheAgentInventsNothingEvenIfItReadsLittleAtFirst() {
    node.serve("other", "other@1", 1);
    node.run(5);
    node.restartAgent();
    // It has not read the driver, nor one of the engines: its keys are others for a while.
    node.driver = "";
    node.engines.get(1).answers = false;
    node.chat().deployment = "chat@x";
    node.engines.get(1).deployment = "other@x";
    assertThat(node.run(90)).isEmpty();
    node.driver = "550.1";
    node.engines.get(1).answers = true;
    node.chat().deployment = "chat@1";
    node.engines.get(1).deployment = "other@1";
    assertThat(node.run(90)).isEmpty();
  }

  @Test
  void anotherAgentIsAConfiguration() {
    node.run(5);
    node.restartAgent();
    node.agentVersion = "1.1";
    List<ChangeEvent> events = node.run(5);
    assertThat(events).extracting(ChangeEvent::kind).containsExactly(Kind.CONFIG);
    assertThat(events.get(0).title()).isEqualTo("agent 1.0 to 1.1");
  }

  @Test
  void aRolloutOverReplicasIsOneEventAndARollbackAnother() {
    ChangingNode.Serving second = node.serve("chat", "chat@1", 1);
    node.run(5);
    node.chat().deployment = "chat@2";
    assertThat(node.run(5)).hasSize(1);
    second.deployment = "chat@2";
    assertThat(node.run(5)).isEmpty();
    node.chat().deployment = "chat@1";
    List<ChangeEvent> back = node.run(5);
    assertThat(back).extracting(ChangeEvent::title).containsExactly("chat: chat@2 to chat@1");
  }

  @Test
  void aWorkloadThatComesLaterIsAChangeAndOneThatGoesAndComesIsNot() {
    node.run(200);
    ChangingNode.Serving late = node.serve("batch", "batch@1", 1);
    List<ChangeEvent> events = node.run(5);
    assertThat(events).extracting(ChangeEvent::origin).containsExactly(Origin.DETECTED);
    assertThat(events.get(0).title()).isEqualTo("batch started as batch@1");
    node.engines.remove(late);
    node.run(100);
    node.engines.add(late);
    assertThat(node.run(100)).isEmpty();
  }

  @Test
  void duplicatesAndOldSamplesSayNothing() {
    node.run(5);
    var old = node.last();
    node.driver = "560.2";
    node.run(5);
    int before = node.ledger.changes.size();
    for (int i = 0; i < 3; i++) {
      node.meter.accept(old, node.nowMs() + 60);
      node.meter.accept(node.last(), node.nowMs() + 70);
    }
    node.run(5);
    assertThat(node.ledger.changes).hasSize(before);
  }

  @Test
  void theSameHistoryGivesTheSameIdsAndEveryChangeItsOwn() {
    ChangingNode again = new ChangingNode();
    for (ChangingNode each : List.of(node, again)) {
      for (int i = 0; i < 20; i++) {
        each.run(3);
        each.driver = i % 2 == 0 ? "560.2" : "550.1";
        each.chat().deployment = "chat@" + i % 3;
        each.limitsMw[0] = 400_000 + 50_000 * (i % 4);
      }
      each.run(3);
    }
    assertThat(node.ledger.changes).isEqualTo(again.ledger.changes);
    assertThat(node.ledger.changes).hasSizeGreaterThan(40);
    assertThat(node.ledger.changes).extracting(ChangeEvent::eventId).doesNotHaveDuplicates();
  }
}
