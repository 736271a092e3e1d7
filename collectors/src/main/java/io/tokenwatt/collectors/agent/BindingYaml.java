package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.ownership.BoardRef;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shape of an item of {@code bindings}. Stateless. */
final class BindingYaml {
  private BindingYaml() {}

  /**
   * Reads the binding and adds it to its node's; an engine belongs to one binding only.
   *
   * @param targets of the node; empty = not all known yet
   */
  static void add(Section section, Optional<List<TargetSpec>> targets, List<BindingSpec> others) {
    BindingSpec binding = binding(section);
    for (String engine : binding.engines()) {
      if (targets.isPresent() && targets.get().stream().noneMatch(t -> t.name().equals(engine))) {
        section.reject("engines", "\"" + engine + "\" is no target of this node");
      }
      if (others.stream().anyMatch(other -> other.engines().contains(engine))) {
        section.reject("engines", "\"" + engine + "\" is already in another binding");
      }
    }
    if (binding.engines().isEmpty() && binding.gpus().isEmpty()) {
      section.reject("gpus", "a binding names gpus, engines or both");
    }
    if (binding.engines().isEmpty() && binding.workload().isEmpty()) {
      section.reject("workload", "is required where no engine can give its name");
    }
    others.add(binding);
  }

  private static BindingSpec binding(Section section) {
    return new BindingSpec(
        section.text("workload", ""),
        section.text("owner", ""),
        section.choice("kind", "inference", List.of("inference", "training", "batch", "other")),
        section.choice("role", "both", List.of("prefill", "decode", "both")),
        section.choice("task", "generate", List.of("generate", "embed", "rerank", "other")),
        section.text("model", ""),
        section.text("precision", ""),
        section.has("gpus") ? Optional.of(boards(section)) : Optional.empty(),
        section.texts("engines").stream().distinct().toList(),
        section.integer("members", 1, 0, 100_000),
        section.text("engine_group", ""),
        section.integer("boards_required", 0, 0, 1_000_000),
        section.text("pair_group", ""));
  }

  private static List<BoardRef> boards(Section section) {
    List<BoardRef> boards = new ArrayList<>();
    for (String written : section.texts("gpus")) {
      try {
        boards.add(BoardRef.parse(written));
      } catch (IllegalArgumentException e) {
        section.reject("gpus", e.getMessage() + ", got \"" + written + "\"");
      }
    }
    return boards;
  }
}
