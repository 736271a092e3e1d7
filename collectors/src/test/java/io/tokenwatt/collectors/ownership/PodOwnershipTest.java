package io.tokenwatt.collectors.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodOwnershipTest {
  private final NodeScene node = new NodeScene();

  private static String[] label(Pod pod) {
    return new String[] {
      "pod=" + pod.ref().name(), "namespace=" + pod.ref().namespace(), "container=main"
    };
  }

  @Test
  void severalEnginesEachOwnTheBoardsOfTheirPod() {
    Pod chat = Pods.deployed("prod", "chat", "x2k4p", 2);
    Pod code = Pods.deployed("prod", "code", "9f8jq", 1);
    Pod again = Pods.deployed("prod", "chat", "mm7zz", 2);
    node.board(0, label(chat)).board(1, label(code)).board(2, label(again)).board(3, label(chat));
    node.board(4, label(again)).board(5);
    node.pod(chat).pod(code).pod(again);
    node.engineIn(chat, "llama").engineIn(code, "qwen").engineIn(again, "llama");

    assertThat(node.lines())
        .containsExactly(
            "prod/chat prod [0, 3] [0] POD",
            "prod/code prod [1] [1] POD",
            "prod/chat prod [2, 4] [2] POD");
    assertThat(node.owners().bindings().get(0).getBoardsRequired()).isEqualTo(2);
    assertThat(node.owners().bindings().get(0).getDeployment())
        .isEqualTo(node.owners().bindings().get(2).getDeployment());
  }

  @Test
  void aWorkerOfAMultiNodeEngineOwnsItsBoardsAndGetsTheHeadsCell() {
    Pod head = Pods.leaderWorker("prod", "llama-405b", 0, 0, 2, 8);
    Pod worker = Pods.leaderWorker("prod", "llama-405b", 0, 1, 2, 8);
    NodeScene other = new NodeScene().pod(worker);
    node.pod(head).engineIn(head, "llama");
    for (int board = 0; board < 8; board++) {
      node.board(board, label(head));
      other.board(100 + board, label(worker));
    }

    Binding atHead = node.only();
    Binding atWorker = other.only();

    for (Binding binding : List.of(atHead, atWorker)) {
      assertThat(binding.getWorkload()).isEqualTo("prod/llama-405b");
      assertThat(binding.getEngineGroup()).isEqualTo("prod/llama-405b/0");
      assertThat(binding.getMembers()).isEqualTo(2);
      assertThat(binding.getBoardsRequired()).isEqualTo(16);
      assertThat(binding.getGpuRowsCount()).isEqualTo(8);
      assertThat(binding.getKind()).isEqualTo("inference");
      assertThat(binding.getMethod()).isEqualTo(OwnershipMethod.OWNERSHIP_POD);
    }
    assertThat(atWorker.getDeployment()).isEqualTo(atHead.getDeployment());
    assertThat(atWorker.getEnginesList()).isEmpty();
  }

  @Test
  void twoPodsOfOneGroupOnOneNodeAreOneMember() {
    Pod first = Pods.leaderWorker("prod", "big", 3, 0, 4, 4);
    Pod second = Pods.leaderWorker("prod", "big", 3, 1, 4, 4);
    node.pod(first).pod(second).engineIn(first, "llama");
    node.board(0, label(first)).board(1, label(second));

    assertThat(node.only().getGpuRowsList()).containsExactly(0, 1);
    assertThat(node.only().getMembers()).isEqualTo(2);
    assertThat(node.only().getBoardsRequired()).isEqualTo(16);
  }

  @Test
  void aGroupOfUnlikePodsDoesNotSayHowManyBoardsItNeeds() {
    Pod head = Pods.leaderWorker("prod", "ray", 0, 0, 3, 0);
    Pod worker = Pods.leaderWorker("prod", "ray", 0, 1, 3, 8);
    node.pod(head).pod(worker).engineIn(head, "llama").board(0, label(worker));

    assertThat(node.only().getBoardsRequired()).isZero();
  }

  @Test
  void aGroupKnownWholeSaysItsBoardsAndTheModelThatOnlyItsLeaderNames() {
    Pod head =
        Pods.running(
            Pods.leaderWorker("prod", "ray", 0, 0, 3, 0),
            List.of(
                Pods.container("vllm", "cpu", 0, "sh", "-c", "ray start; vllm serve llama -tp 8")));
    Pod worker = Pods.leaderWorker("prod", "ray", 0, 1, 3, 8);
    Pod other = Pods.leaderWorker("prod", "ray", 0, 2, 3, 8);
    node.pod(worker).board(0, label(worker)).group("prod/ray/0", List.of(head, worker, other), 3);

    assertThat(node.only().getBoardsRequired()).isEqualTo(16);
    assertThat(node.only().getModelName()).isEqualTo("llama");
    assertThat(PodGroup.of(List.of(head, worker), 3).boards()).isZero();
  }

  @Test
  void podsOfATimeSlicedBoardShareItsRow() {
    Pod one = Pods.deployed("a", "one", "1", 1);
    Pod two = Pods.deployed("b", "two", "2", 1);
    String pods = "pod=" + one.ref().name() + "," + two.ref().name();
    node.board(0, pods, "namespace=a,b", "container=main,main").pod(one).pod(two);

    assertThat(node.lines()).containsExactly("a/one a [0] [] POD", "b/two b [0] [] POD");
  }

  @Test
  void replicasOfOneBoardGivenByTheKubeletAreSeveralBindingsOfOneRow() {
    Pod one = Pods.deployed("a", "one", "1", 1);
    Pod two = Pods.deployed("b", "two", "2", 1);
    // An exporter without virtual GPU labels names one of the two only.
    node.board(7, label(one)).board(8).pod(one).pod(two);
    node.granted(one, "nvidia.com/gpu", NodeScene.uuid(7) + "::0");
    node.granted(two, "nvidia.com/gpu", NodeScene.uuid(7) + "::3");

    assertThat(node.lines())
        .containsExactly("a/one a [0] [] POD_RESOURCES", "b/two b [0] [] POD_RESOURCES");
    assertThat(node.owners().disagreements()).isEmpty();
  }

  @Test
  void migInstancesGoToThePodsThatTheLabelsName() {
    Pod one = Pods.of("a", "one", 0);
    Pod two = Pods.of("a", "two", 0);
    node.instance(0, 8, label(one)).instance(0, 10, label(two)).instance(0, 12).pod(one).pod(two);
    // Today's ids of MIG devices name no board; GKE's and the old ones do.
    node.granted(one, "nvidia.com/mig-1g.5gb", "MIG-9b8b5a0e-1111-2222-3333-444455556666");
    node.granted(two, "nvidia.com/mig-1g.5gb", "MIG-" + NodeScene.uuid(0) + "/9/0");

    assertThat(node.lines()).containsExactly("a/one a [0] [] POD", "a/two a [1] [] POD_RESOURCES");
  }

  @Test
  void gkesDeviceNamesAreIndexes() {
    Pod pod = Pods.of("a", "one", 1);
    node.board(2).board(3).instance(4, 2).pod(pod);
    node.granted(pod, "nvidia.com/gpu", "nvidia3/vgpu1", "nvidia4/gi1");

    assertThat(node.lines()).containsExactly("a/one a [1, 2] [] POD_RESOURCES");
  }

  @Test
  void theKubeletIsBelievedBeforeTheLabelAndTheDisagreementIsTold() {
    Pod mine = Pods.deployed("a", "mine", "1", 1);
    Pod theirs = Pods.deployed("b", "theirs", "2", 1);
    node.board(0, label(theirs)).board(1).pod(mine).pod(theirs);
    node.granted(mine, "nvidia.com/gpu", NodeScene.uuid(0));
    node.granted(theirs, "nvidia.com/gpu", NodeScene.uuid(1));

    assertThat(node.lines())
        .containsExactly("a/mine a [0] [] POD_RESOURCES", "b/theirs b [1] [] POD_RESOURCES");
    assertThat(node.owners().disagreements())
        .singleElement()
        .hasToString(
            "board %s: pod_resources says pod a/%s (believed), pod says pod b/%s"
                .formatted(NodeScene.uuid(0), mine.ref().name(), theirs.ref().name()));
  }

  @Test
  void aLabelOfAPodThatLeftIsNeitherOwnerNorDisagreement() {
    Pod before = Pods.deployed("a", "before", "1", 1);
    Pod now = Pods.deployed("b", "now", "2", 1);
    node.board(0, label(before)).board(1, label(before)).gone(before).pod(now);
    node.granted(now, "nvidia.com/gpu", NodeScene.uuid(0));

    assertThat(node.lines()).containsExactly("b/now b [0] [] POD_RESOURCES");
    assertThat(node.owners().disagreements()).isEmpty();
  }

  @Test
  void withoutTheKubeletAPodThatJustLeftKeepsItsBoardsUntilTheLabelMoves() {
    Pod before = Pods.deployed("a", "before", "1", 1);
    node.board(0, label(before)).gone(before);

    assertThat(node.lines()).containsExactly("a/before a [0] [] POD");
  }

  @Test
  void aPodThatNobodyKnowsLeavesItsBoardsUnattributed() {
    Pod known = Pods.deployed("a", "known", "1", 1);
    Pod unknown = Pods.deployed("a", "unknown", "2", 1);
    node.board(0, label(known)).board(1, label(unknown)).board(2).pod(known);

    assertThat(node.lines())
        .containsExactly("a/known a [0] [] POD", "(unattributed) - [1] [] UNRESOLVED");
    assertThat(node.owners().strangers()).containsExactly(unknown.ref());
  }

  @Test
  void whereTheApiServerHasNotToldNothingIsAssumed() {
    Pod pod = Pods.deployed("a", "known", "1", 1);
    node.board(0, label(pod)).board(1).engine("vllm", "llama").books(PodBook.State.UNKNOWN);

    assertThat(node.lines())
        .containsExactly("llama - [] [0] UNRESOLVED", "(unattributed) - [0, 1] [] UNRESOLVED");
  }

  @Test
  void withoutAnApiServerTheLabelsNameNamespaceAndContainer() {
    Pod pod = Pods.deployed("prod", "chat", "1", 1);
    node.board(0, label(pod)).board(1, "pod=train-0", "namespace=lab").board(2);
    node.books(PodBook.State.NONE);

    assertThat(node.lines())
        .containsExactly("prod/main prod [0] [] POD", "lab/train-0 lab [1] [] POD");
  }

  @Test
  void withoutAnApiServerOneEngineAndOneLabelAreOne() {
    Pod pod = Pods.deployed("prod", "chat", "1", 2);
    node.board(0, label(pod)).board(1, label(pod)).board(2).engine("vllm", "llama");
    node.books(PodBook.State.NONE);

    assertThat(node.lines()).containsExactly("prod/main prod [0, 1] [0] ASSUMED");
  }

  @Test
  void withoutAnApiServerSeveralEnginesAreNotGuessedOntoLabels() {
    node.board(0, "pod=a", "namespace=x", "container=a").board(1, "pod=b", "namespace=x");
    node.engine("vllm-a", "llama").engine("vllm-b", "qwen").books(PodBook.State.NONE);

    assertThat(node.lines())
        .containsExactly(
            "llama - [] [0] UNRESOLVED",
            "qwen - [] [1] UNRESOLVED",
            "x/a x [0] [] POD",
            "x/b x [1] [] POD");
  }

  @Test
  void aPodThatAsksForAllBoardsOwnsThemWhereNoLabelSaysSo() {
    Pod chat = Pods.deployed("prod", "chat", "1", 2);
    Pod router = Pods.deployed("prod", "router", "2", 0);
    node.board(0).board(1).pod(chat).pod(router).engineIn(chat, "llama").engineIn(router, "");

    assertThat(node.lines())
        .containsExactlyInAnyOrder(
            "prod/chat prod [0, 1] [0] ASSUMED", "prod/router prod [] [1] POD");
  }

  @Test
  void podsThatNoLabelTellsApartLeaveTheirBoardsUnattributed() {
    Pod chat = Pods.deployed("prod", "chat", "1", 1);
    Pod code = Pods.deployed("prod", "code", "2", 1);
    node.board(0).board(1).pod(chat).pod(code).engineIn(chat, "llama").engineIn(code, "qwen");

    assertThat(node.lines())
        .containsExactlyInAnyOrder(
            "prod/chat prod [] [0] UNRESOLVED",
            "prod/code prod [] [1] UNRESOLVED",
            "(unattributed) - [0, 1] [] UNRESOLVED");
    assertThat(node.owners().unresolved()).hasSize(2);
  }

  @Test
  void aConfiguredBindingWinsAndIsToldWhereThePodRunsAnotherEngine() {
    Pod code = Pods.deployed("prod", "code", "2", 1);
    node.board(0, label(code)).board(1, label(code)).pod(code).engineIn(code, "qwen");
    node.engine("vllm", "llama");
    node.binding(BindingSpec.of("chat", List.of(BoardRef.parse("0")), List.of("vllm")));

    assertThat(node.lines()).containsExactly("chat - [0] [1] CONFIG", "prod/code prod [1] [0] POD");
    assertThat(node.owners().disagreements())
        .singleElement()
        .asString()
        .contains("config says chat (believed), pod says pod prod/code-");
  }

  @Test
  void aConfiguredBindingOfEnginesAloneNamesTheirPodsBoards() {
    Pod chat = Pods.deployed("prod", "chat", "1", 1);
    node.board(0).board(1, label(chat)).pod(chat).engineIn(chat, "llama");
    BindingSpec spec =
        new BindingSpec(
            "search",
            "team-s",
            "inference",
            "both",
            "generate",
            "",
            "",
            Optional.empty(),
            List.of(chat.ref() + ":8000"),
            1,
            "",
            0,
            "");

    assertThat(node.binding(spec).lines()).containsExactly("search team-s [1] [0] POD");
  }
}
