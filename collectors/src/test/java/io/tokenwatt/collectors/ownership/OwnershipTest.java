package io.tokenwatt.collectors.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.model.proto.Binding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final String BOARD_1 = "GPU-00000000-0000-0001-0000-000000000000";
  private static final KnownEngine LLAMA = engine("vllm-a", "llama", 0);
  private static final KnownEngine QWEN = engine("vllm-b", "qwen", 1);

  private static KnownEngine engine(String target, String model, int position) {
    OptionalInt at = position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
    return new KnownEngine(target, "vllm", model, Map.of("version", "0.10.2"), at);
  }

  /** Board n has the identity n; instance 0 = the whole board. */
  private static GpuRowReading row(int board, int instance) {
    return new GpuRowReading(
        new GpuId(board, 0), instance, "", "NVIDIA H100", board, Map.of(), Map.of());
  }

  private static List<GpuRowReading> boards(int count) {
    List<GpuRowReading> rows = new ArrayList<>();
    for (int board = 0; board < count; board++) {
      rows.add(row(board, 0));
    }
    return rows;
  }

  private static BindingSpec spec(String workload, List<String> engines, String... gpus) {
    List<BoardRef> boards = Arrays.stream(gpus).map(BoardRef::parse).toList();
    return BindingSpec.of(workload, boards, engines);
  }

  private static Owners resolve(
      List<BindingSpec> specs, List<GpuRowReading> rows, List<KnownEngine> engines, String driver) {
    return Ownership.resolve(Knowledge.of(specs), rows, engines, driver);
  }

  /** "workload boards engines METHOD" per binding. */
  private static List<String> bindings(Owners owners) {
    return owners.bindings().stream().map(OwnershipTest::line).toList();
  }

  private static String line(Binding b) {
    String method = b.getMethod().name().substring("OWNERSHIP_".length());
    return "%s %s %s %s".formatted(b.getWorkload(), b.getGpuRowsList(), b.getEnginesList(), method);
  }

  @Test
  void oneEngineWithoutABindingIsAssumedToOwnAllVisibleBoards() {
    Owners owners = resolve(List.of(), boards(2), List.of(LLAMA), "");

    assertThat(bindings(owners)).containsExactly("llama [0, 1] [0] ASSUMED");
    assertThat(owners.unresolved()).isEmpty();
  }

  @Test
  void severalEnginesWithoutABindingLeaveTheBoardsUnattributed() {
    Owners owners = resolve(List.of(), boards(2), List.of(LLAMA, QWEN), "");

    assertThat(bindings(owners))
        .containsExactly(
            "llama [] [0] UNRESOLVED",
            "qwen [] [1] UNRESOLVED",
            "(unattributed) [0, 1] [] UNRESOLVED");
    assertThat(owners.unresolved()).containsExactly(LLAMA, QWEN);
  }

  @Test
  void anEngineThatDoesNotAnswerNowIsStillThere() {
    KnownEngine silent = engine("vllm-b", "qwen", -1);

    Owners owners = resolve(List.of(), boards(2), List.of(LLAMA, silent), "");

    assertThat(bindings(owners))
        .containsExactly(
            "llama [] [0] UNRESOLVED",
            "qwen [] [] UNRESOLVED",
            "(unattributed) [0, 1] [] UNRESOLVED");
  }

  @Test
  void namedBoardsBelongToTheirBindingAndTheRestToNobody() {
    List<BindingSpec> specs =
        List.of(spec("chat", List.of("vllm-a"), "0"), spec("code", List.of("vllm-b"), BOARD_1));

    Owners owners = resolve(specs, boards(3), List.of(LLAMA, QWEN), "");

    assertThat(bindings(owners)).containsExactly("chat [0] [0] CONFIG", "code [1] [1] CONFIG");
  }

  @Test
  void aBindingOwnsItsBoardsWhereNoEngineAnswers() {
    List<BindingSpec> specs = List.of(spec("training", List.of(), "all"));

    assertThat(bindings(resolve(specs, boards(2), List.of(), "")))
        .containsExactly("training [0, 1] [] CONFIG");
  }

  @Test
  void theOnlyEngineWithoutABindingOwnsWhatTheOthersLeave() {
    List<BindingSpec> specs = List.of(spec("chat", List.of("vllm-a"), "0"));

    assertThat(bindings(resolve(specs, boards(3), List.of(LLAMA, QWEN), "")))
        .containsExactly("chat [0] [0] CONFIG", "qwen [1, 2] [1] ASSUMED");
  }

  @Test
  void aWholeBoardCoversItsMigInstancesAndAnInstanceOnlyItself() {
    List<GpuRowReading> mig = List.of(row(0, 8), row(0, 12), row(1, 0));
    List<BindingSpec> specs =
        List.of(spec("all of it", List.of(), "0"), spec("a slice", List.of(), "0/11"));

    assertThat(bindings(resolve(specs, mig, List.of(), "")))
        .containsExactly("all of it [0, 1] [] CONFIG", "a slice [1] [] CONFIG");
  }

  @Test
  void anEngineWithoutBoardsOfThisNodeIsSaidSoByAnEmptyList() {
    List<BindingSpec> specs = List.of(spec("router", List.of("vllm-b")));

    assertThat(bindings(resolve(specs, boards(1), List.of(LLAMA, QWEN), "")))
        .containsExactly("router [] [1] CONFIG", "llama [0] [0] ASSUMED");
  }

  @Test
  void aNamedBoardThatNobodyShowsIsReported() {
    List<BindingSpec> specs = List.of(spec("chat", List.of(), "0", "7"));

    Owners owners = resolve(specs, boards(1), List.of(), "");

    assertThat(owners.missing()).containsExactly(BoardRef.parse("7"));
    assertThat(bindings(owners)).containsExactly("chat [0] [] CONFIG");
  }

  @Test
  void anEngineThatNamesNoModelGivesItsOwnName() {
    assertThat(bindings(resolve(List.of(), boards(1), List.of(engine("tgi", "", 0)), "")))
        .containsExactly("tgi [0] [0] ASSUMED");
  }

  @Test
  void theDeploymentChangesWithEngineDriverAndBindingAndWithNothingElse() {
    String now = deployment(List.of(LLAMA), "580.95");

    assertThat(now).matches("llama@[0-9a-f]{8}").isEqualTo(deployment(List.of(LLAMA), "580.95"));
    assertThat(deployment(List.of(engine("vllm-a", "llama", -1)), "580.95")).isEqualTo(now);
    assertThat(deployment(List.of(LLAMA), "590.48")).isNotEqualTo(now);
    Map<String, String> upgrade = Map.of("version", "0.11.0");
    KnownEngine upgraded = new KnownEngine("vllm-a", "vllm", "llama", upgrade, OptionalInt.of(0));
    assertThat(deployment(List.of(upgraded), "580.95")).isNotEqualTo(now);
    Map<String, String> restart = Map.of("version", "0.10.2", "num_gpu_blocks", "12345");
    KnownEngine restarted = new KnownEngine("vllm-a", "vllm", "llama", restart, OptionalInt.of(0));
    assertThat(deployment(List.of(restarted), "580.95")).isEqualTo(now);
  }

  private static String deployment(List<KnownEngine> engines, String driver) {
    Owners owners = resolve(List.of(), boards(1), engines, driver);
    return owners.bindings().get(0).getDeployment();
  }

  @Test
  void adviceNamesTheEnginesAndTheBoardsToShareOut() {
    List<GpuRowReading> rows = List.of(row(1, 0), row(2, 4));

    Owners owners = resolve(List.of(), rows, List.of(LLAMA, QWEN), "");

    assertThat(BindingAdvice.yaml("n1", owners, rows))
        .isEqualTo(
            """
            bindings:
              - {workload: "llama", node: "n1", engines: ["vllm-a"], gpus: []}
              - {workload: "qwen", node: "n1", engines: ["vllm-b"], gpus: []}
            # boards of n1 to share out:
            #   GPU-00000000-0000-0001-0000-000000000000
            #   GPU-00000000-0000-0002-0000-000000000000/3
            """);
  }

  @Test
  void configuredFieldsReachTheRecord() {
    BindingSpec spec =
        new BindingSpec(
            "chat",
            "team-a",
            "inference",
            "decode",
            "generate",
            "llama-70b",
            "fp8",
            Optional.of(List.of(BoardRef.parse("0"))),
            List.of("vllm-a"),
            4,
            "r1",
            32,
            "pd-1");

    Binding binding = resolve(List.of(spec), boards(1), List.of(LLAMA), "").bindings().get(0);

    assertThat(binding.getOwner()).isEqualTo("team-a");
    assertThat(binding.getRole()).isEqualTo("decode");
    assertThat(binding.getModelName()).isEqualTo("llama-70b");
    assertThat(binding.getPrecision()).isEqualTo("fp8");
    assertThat(binding.getMembers()).isEqualTo(4);
    assertThat(binding.getEngineGroup()).isEqualTo("r1");
    assertThat(binding.getBoardsRequired()).isEqualTo(32);
    assertThat(binding.getPairGroup()).isEqualTo("pd-1");
  }
}
