package io.tokenwatt.collectors.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a node looks like: what holds of every resolution. */
class OwnershipPropertyTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private final Random random = new Random(SEED);

  /** One node, and the same told in another order. */
  private record Node(Knowledge knowledge, List<GpuRowReading> rows, List<KnownEngine> engines) {
    Owners owners() {
      return Ownership.resolve(knowledge, rows, engines, "");
    }

    Node shuffled(Random random) {
      List<KnownEngine> others = new ArrayList<>(engines);
      Collections.shuffle(others, random);
      Optional<List<DeviceGrant>> grants =
          knowledge
              .grants()
              .map(
                  all -> {
                    List<DeviceGrant> mixed = new ArrayList<>(all);
                    Collections.shuffle(mixed, random);
                    return mixed;
                  });
      Knowledge mixed =
          new Knowledge(
              knowledge.bindings(),
              knowledge.pods(),
              knowledge.podRules(),
              grants,
              knowledge.slurm(),
              knowledge.podOfTarget());
      return new Node(mixed, rows, others);
    }
  }

  private Node node() {
    int boards = 1 + random.nextInt(8);
    List<Pod> pods = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      pods.add(
          random.nextBoolean()
              ? Pods.deployed("ns" + i, "app" + random.nextInt(2), "p" + i, random.nextInt(3))
              : Pods.leaderWorker("ns", "set", random.nextInt(2), i, 4, 1 + random.nextInt(2)));
    }
    Map<PodRef, Pod> present = new HashMap<>();
    Map<PodRef, Pod> gone = new HashMap<>();
    for (Pod pod : pods) {
      int luck = random.nextInt(8);
      if (luck > 0) {
        (luck == 1 ? gone : present).put(pod.ref(), pod);
      }
    }
    List<GpuRowReading> rows = new ArrayList<>();
    for (int board = 0; board < boards; board++) {
      int instances = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
      for (int i = instances == 0 ? 0 : 1; i <= instances; i++) {
        rows.add(new GpuRowReading(new GpuId(board, 0), i, "", "", board, labels(pods), Map.of()));
      }
    }
    List<KnownEngine> engines = new ArrayList<>();
    Map<String, PodRef> podOfTarget = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String target = "engine" + i;
      int position = engines.size();
      engines.add(new KnownEngine(target, "vllm", "m" + i, Map.of(), OptionalInt.of(position)));
      if (!pods.isEmpty() && random.nextInt(3) > 0) {
        podOfTarget.put(target, pods.get(random.nextInt(pods.size())).ref());
      }
    }
    List<BindingSpec> bindings = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      List<BoardRef> some = List.of(BoardRef.parse("" + random.nextInt(boards)));
      bindings.add(BindingSpec.of("configured", some, List.of("engine1")));
    }
    Knowledge knowledge =
        new Knowledge(
            bindings,
            book(present, gone),
            PodRules.DEFAULT,
            random.nextBoolean() ? Optional.empty() : Optional.of(grants(pods, boards)),
            SlurmRules.NONE,
            podOfTarget);
    return new Node(knowledge, rows, engines);
  }

  private PodBook book(Map<PodRef, Pod> present, Map<PodRef, Pod> gone) {
    return switch (random.nextInt(8)) {
      case 0 -> PodBook.NONE;
      case 1 -> PodBook.unknown();
      default -> new PodBook(PodBook.State.KNOWN, present, gone, Map.of());
    };
  }

  private Map<String, String> labels(List<Pod> pods) {
    Map<String, String> labels = new HashMap<>();
    if (random.nextInt(10) == 0) {
      labels.put("hpc_job", "" + random.nextInt(3));
    }
    if (!pods.isEmpty() && random.nextBoolean()) {
      List<Pod> some = pods.subList(0, 1 + random.nextInt(Math.min(2, pods.size())));
      labels.put("pod", some.stream().map(p -> p.ref().name()).collect(Collectors.joining(",")));
      labels.put(
          "namespace",
          some.stream().map(p -> p.ref().namespace()).collect(Collectors.joining(",")));
    }
    return labels;
  }

  private List<DeviceGrant> grants(List<Pod> pods, int boards) {
    List<DeviceGrant> grants = new ArrayList<>();
    for (Pod pod : pods) {
      if (random.nextBoolean()) {
        String device =
            NodeScene.uuid(random.nextInt(boards)) + (random.nextBoolean() ? "::1" : "");
        grants.add(new DeviceGrant(pod.ref(), "main", "nvidia.com/gpu", List.of(device)));
      }
    }
    return grants;
  }

  @Test
  void everyEngineIsInOneBindingAndNoRowIsLostOrOwnedTwiceByOne() {
    System.out.println("seed " + SEED);
    for (int round = 0; round < 5_000; round++) {
      Node node = node();
      Owners owners = node.owners();
      List<Integer> engines =
          owners.bindings().stream().flatMap(b -> b.getEnginesList().stream()).sorted().toList();
      assertThat(engines)
          .as("seed %d round %d %s", SEED, round, node)
          .isEqualTo(node.engines().stream().map(e -> e.position().getAsInt()).sorted().toList());
      Set<Integer> configured = new TreeSet<>();
      Set<Integer> owned = new TreeSet<>();
      for (Binding binding : owners.bindings()) {
        assertThat(binding.getGpuRowsList()).doesNotHaveDuplicates();
        boolean config = binding.getMethod() == OwnershipMethod.OWNERSHIP_CONFIG;
        binding.getGpuRowsList().forEach((config ? configured : owned)::add);
      }
      assertThat(Collections.disjoint(owned, configured))
          .as("seed %d round %d %s", SEED, round, node)
          .isTrue();
      owned.addAll(configured);
      for (int row = 0; row < node.rows().size(); row++) {
        if (heldByLabel(node, row)) {
          assertThat(owned).as("seed %d round %d %s", SEED, round, node).contains(row);
        }
      }
    }
  }

  /** Independently of the code: the label names a job, or a pod that the kubelet has not let go. */
  private static boolean heldByLabel(Node node, int row) {
    Map<String, String> labels = node.rows().get(row).ownerLabels();
    if (!labels.getOrDefault("hpc_job", "").isEmpty()) {
      return true;
    }
    return labels.containsKey("pod") && node.knowledge().grants().isEmpty();
  }

  @Test
  void theOrderOfWhatIsToldDoesNotMatter() {
    for (int round = 0; round < 2_000; round++) {
      Node node = node();
      assertThat(lines(node.shuffled(random)))
          .as("seed %d round %d %s", SEED, round, node)
          .isEqualTo(lines(node));
    }
  }

  private static List<String> lines(Node node) {
    Map<Integer, String> names =
        node.engines().stream()
            .collect(Collectors.toMap(e -> e.position().getAsInt(), KnownEngine::target));
    return node.owners().bindings().stream()
        .map(
            b ->
                b.getWorkload()
                    + b.getOwner()
                    + b.getEngineGroup()
                    + b.getGpuRowsList()
                    + b.getMethod()
                    + b.getEnginesList().stream().map(names::get).sorted().toList())
        .sorted()
        .toList();
  }
}
