package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuRowReading;
import java.util.List;
import java.util.stream.Collectors;

/** The YAML lines that would resolve what could not be. Values in, text out. */
public final class BindingAdvice {
  private BindingAdvice() {}

  /** A {@code bindings} entry per engine, to be completed with its boards out of those listed. */
  public static String yaml(String node, List<KnownEngine> unresolved, List<GpuRowReading> rows) {
    String boards =
        rows.stream()
            .map(BoardRef::textOf)
            .distinct()
            .map(board -> "#   " + board + "\n")
            .collect(Collectors.joining());
    String entries =
        unresolved.stream().map(engine -> entry(node, engine)).collect(Collectors.joining());
    return "bindings:\n" + entries + "# boards of " + node + " to share out:\n" + boards;
  }

  private static String entry(String node, KnownEngine engine) {
    return "  - {workload: \"%s\", node: \"%s\", engines: [\"%s\"], gpus: []}\n"
        .formatted(engine.workload(), node, engine.target());
  }
}
