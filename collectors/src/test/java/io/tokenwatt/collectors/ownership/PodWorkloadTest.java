package io.tokenwatt.collectors.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodWorkloadTest {
  private static BindingSpec of(Pod pod) {
    return PodWorkload.of(pod, PodRules.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "StatefulSet,llm,prod/llm,inference",
    "DaemonSet,embedder,prod/embedder,inference",
    "Job,eval-1,prod/eval-1,batch",
    "PyTorchJob,pretrain,prod/pretrain,training",
    "RayCluster,ray-x7,prod/ray-x7,''",
    // Without the label of its template's hash nothing is cut off a name.
    "ReplicaSet,chat-6d5f8c7b9,prod/chat-6d5f8c7b9,inference",
  })
  void aControllerNamesTheWorkloadAndItsKind(String kind, String name, String workload, String is) {
    BindingSpec spec = of(Pods.controlled(Pods.of("prod", "p-0", 1), kind, name));

    assertThat(spec.workload()).isEqualTo(workload);
    assertThat(spec.kind()).isEqualTo(is);
    assertThat(spec.owner()).isEqualTo("prod");
  }

  @Test
  void aDeploymentIsNamedThroughItsReplicaSetAndABarePodByItself() {
    assertThat(of(Pods.deployed("prod", "chat-v2", "x", 1)).workload()).isEqualTo("prod/chat-v2");
    assertThat(of(Pods.of("prod", "debug", 1)).workload()).isEqualTo("prod/debug");
    assertThat(of(Pods.of("prod", "debug", 1)).kind()).isEmpty();
  }

  @Test
  void theHalvesOfAPairShareItsGroupAndOneWorkloadOfDynamo() {
    Pod prefill = dynamo("disagg-prefill", "prefill");
    Pod decode = dynamo("disagg-decode", "decode");

    assertThat(of(prefill).role()).isEqualTo("prefill");
    assertThat(of(decode).role()).isEqualTo("decode");
    assertThat(of(prefill).pairGroup()).isEqualTo("prod/qwen").isEqualTo(of(decode).pairGroup());
    assertThat(of(prefill).workload()).isEqualTo("prod/qwen").isEqualTo(of(decode).workload());
    // Two prefill pods of one node are judged as one: neither's boards are all of them.
    assertThat(of(prefill).boardsRequired()).isZero();
  }

  private static Pod dynamo(String deployment, String role) {
    Pod pod = Pods.deployed("prod", deployment, "a", 4);
    pod = Pods.marked(pod, "nvidia.com/dynamo-graph-deployment-name", "qwen");
    return Pods.marked(pod, "nvidia.com/dynamo-sub-component-type", role);
  }

  @Test
  void llmdsRolesArePrefillAndDecodeAndEverythingElseIsBoth() {
    for (String role : List.of("prefill", "decode")) {
      Pod pod = Pods.marked(Pods.deployed("prod", "ms-" + role, "a", 1), "llm-d.ai/role", role);
      BindingSpec spec = of(Pods.marked(pod, "llm-d.ai/model", "a1b2"));
      assertThat(spec.role()).isEqualTo(role);
      assertThat(spec.pairGroup()).isEqualTo("prod/a1b2");
    }
    Pod both = Pods.marked(Pods.of("prod", "ms", 1), "llm-d.ai/role", "prefill-decode");
    assertThat(of(both).role()).isEqualTo("both");
    assertThat(of(Pods.marked(both, "llm-d.ai/model", "a1b2")).pairGroup()).isEmpty();
  }

  @Test
  void ourOwnMarksComeBeforeEverything() {
    Pod pod = Pods.leaderWorker("prod", "big", 0, 0, 2, 8);
    for (Map.Entry<String, String> mark :
        Map.of(
                "workload",
                "search",
                "owner",
                "team-s",
                "kind",
                "batch",
                "role",
                "decode",
                "model",
                "llama",
                "boards-required",
                "12",
                "members",
                "3",
                "engine-group",
                "e1",
                "pair-group",
                "p1",
                "task",
                "embed")
            .entrySet()) {
      pod = Pods.annotated(pod, "tokenwatt.io/" + mark.getKey(), mark.getValue());
    }

    BindingSpec spec = of(Pods.annotated(pod, "tokenwatt.io/precision", "fp8"));

    assertThat(spec.workload()).isEqualTo("search");
    assertThat(spec.owner()).isEqualTo("team-s");
    assertThat(spec.kind()).isEqualTo("batch");
    assertThat(spec.role()).isEqualTo("decode");
    assertThat(spec.task()).isEqualTo("embed");
    assertThat(spec.model()).isEqualTo("llama");
    assertThat(spec.precision()).isEqualTo("fp8");
    assertThat(spec.boardsRequired()).isEqualTo(12);
    assertThat(spec.members()).isEqualTo(3);
    assertThat(spec.engineGroup()).isEqualTo("prod/e1");
    assertThat(spec.pairGroup()).isEqualTo("prod/p1");
  }

  @Test
  void aConfiguredLabelNamesTheOwner() {
    PodRules rules =
        new PodRules(
            List.of("team", "app.kubernetes.io/part-of"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of("ReplicaSet", "other"));
    Pod pod = Pods.deployed("prod", "chat", "x", 1);

    assertThat(PodWorkload.of(Pods.marked(pod, "team", "search"), rules).owner())
        .isEqualTo("search");
    assertThat(PodWorkload.of(pod, rules).owner()).isEqualTo("prod");
    assertThat(PodWorkload.of(pod, rules).kind()).isEqualTo("other");
  }

  @Test
  void partsOfBoardsDoNotSayHowManyBoardsAreNeeded() {
    Pod pod =
        Pods.running(
            Pods.of("prod", "small", 0),
            List.of(Pods.container("vllm", "nvidia.com/mig-1g.10gb", 2)));

    assertThat(pod.holdsGpus()).isTrue();
    assertThat(of(pod).boardsRequired()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vllm serve meta-llama/Llama-3.3-70B --tensor-parallel-size 4 | meta-llama/Llama-3.3-70B",
        "python -m vllm.entrypoints.openai.api_server --model /models/x --served-model-name chat |"
            + " chat",
        "python3 -m sglang.launch_server --model-path=Qwen/Qwen3-32B --tp 8 | Qwen/Qwen3-32B",
        "text-generation-launcher --model-id mistral | mistral",
        "sh -c 'ray start --head && vllm serve deepseek-r1 -tp 16' | deepseek-r1",
        "ray start --block --address=$(LWS_LEADER_ADDRESS) | ''",
        "vllm serve $MODEL | ''",
        "vllm serve --port 8000 | ''",
      })
  void theCommandNamesTheModelAsTheEngineWill(String command, String model) {
    Pod pod =
        Pods.running(
            Pods.of("prod", "p", 1),
            List.of(Pods.container("x", "nvidia.com/gpu", 1, command.split(" (?![^']*'$)"))));

    assertThat(of(pod).model()).isEqualTo(model);
  }

  @Test
  void oneRolloutHasOneSignature() {
    Pod one = Pods.deployed("prod", "chat", "a", 1);
    Pod two = Pods.deployed("prod", "chat", "b", 1);
    Pod next = Pods.running(two, List.of(Pods.container("vllm:v0.12.0", "nvidia.com/gpu", 1)));

    assertThat(PodWorkload.signature(one)).isEqualTo(PodWorkload.signature(two));
    assertThat(PodWorkload.signature(next)).isNotEqualTo(PodWorkload.signature(one));
  }
}
