package io.tokenwatt.collectors.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.Binding;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SlurmOwnershipTest {
  private final NodeScene node = new NodeScene().books(PodBook.State.NONE);

  @Test
  void aJobOwnsItsBoardsAsBatch() {
    node.board(0, "hpc_job=4711").board(1, "hpc_job=4712", "job_user=ada").board(2);

    assertThat(node.lines())
        .containsExactly("slurm/4711 - [0] [] SLURM", "slurm/4712 ada [1] [] SLURM");
    assertThat(node.owners().bindings().get(0).getKind()).isEqualTo("batch");
  }

  @Test
  void jobsThatShareABoardShareItsRow() {
    node.board(0, "hpc_job=1,2");

    assertThat(node.lines()).containsExactly("slurm/1 - [0] [] SLURM", "slurm/2 - [0] [] SLURM");
  }

  @Test
  void workerNodesOfAnEngineBelongToItsJobAlthoughNothingAnswersThere() {
    NodeScene worker = new NodeScene().books(PodBook.State.NONE);
    node.engine("vllm", "llama");
    for (int board = 0; board < 8; board++) {
      node.board(board, "hpc_job=serve-llama.77");
      worker.board(50 + board, "hpc_job=serve-llama.77");
    }
    SlurmRules rules =
        new SlurmRules(
            List.of(
                new SlurmRules.Rule(
                    Pattern.compile("serve-(?<name>[a-z]+)\\.(\\d+)"),
                    "slurm/${name}",
                    "{partition}team",
                    "inference",
                    "both",
                    "llama",
                    "$2",
                    16,
                    2)));
    Binding head = node.slurm(rules).only();
    Binding there = worker.slurm(rules).only();

    assertThat(List.of(head, there))
        .allSatisfy(
            binding -> {
              assertThat(binding.getWorkload()).isEqualTo("slurm/llama");
              assertThat(binding.getOwner()).isEqualTo("team");
              assertThat(binding.getKind()).isEqualTo("inference");
              assertThat(binding.getEngineGroup()).isEqualTo("77");
              assertThat(binding.getBoardsRequired()).isEqualTo(16);
              assertThat(binding.getMembers()).isEqualTo(2);
              assertThat(binding.getGpuRowsCount()).isEqualTo(8);
            });
    assertThat(head.getEnginesList()).containsExactly(0);
    assertThat(there.getDeployment()).isEqualTo(head.getDeployment());
  }

  @Test
  void insideSlurmsOwnPodTheJobIsTheOwnerElsewhereThePodIsBelievedAndToldOf() {
    Pod daemon =
        Pods.running(
            Pods.of("slurm", "worker-0", 1),
            List.of(Pods.container("ghcr.io/slinkyproject/slurmd:25.05", "nvidia.com/gpu", 1)));
    Pod chat = Pods.deployed("prod", "chat", "1", 1);
    node.books(PodBook.State.KNOWN).pod(daemon).pod(chat);
    node.board(0, "pod=worker-0", "namespace=slurm", "hpc_job=9");
    node.board(1, "pod=" + chat.ref().name(), "namespace=prod", "hpc_job=8");

    assertThat(node.lines())
        .containsExactlyInAnyOrder("slurm/9 - [0] [] SLURM", "prod/chat prod [1] [] POD");
    assertThat(node.owners().disagreements())
        .singleElement()
        .asString()
        .contains("(believed), slurm says job 8");
  }
}
