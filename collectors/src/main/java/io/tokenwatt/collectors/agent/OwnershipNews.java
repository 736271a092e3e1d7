package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.agent.SampleAssembler.Assembled;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.BindingAdvice;
import io.tokenwatt.collectors.ownership.Disagreement;
import io.tokenwatt.collectors.ownership.Owners;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What could not be told of one node's boards: counted, shown in /healthz, and logged once per news
 * with the lines that would settle it. What lasts less than a few ticks, as a pod that starts does,
 * is only counted. One tick at a time.
 */
final class OwnershipNews {
  static final String DISAGREEMENTS = "tokenwatt_agent_ownership_disagreements_total";
  private static final Logger LOG = LoggerFactory.getLogger(OwnershipNews.class);
  private static final int TICKS = 3;

  private final String node;
  private final Counters counters;
  private final Health health;
  private Set<Disagreement> disputed = Set.of();
  private volatile int unattributed;
  private String lastProblems = "";
  private int ticks;
  private boolean told;

  OwnershipNews(String node, Counters counters, Health health) {
    this.node = node;
    this.counters = counters;
    this.health = health;
    counters.gauge(
        "tokenwatt_agent_boards_unattributed",
        "Rows of boards that somebody uses, and nobody knows who.",
        () -> unattributed,
        "node",
        node);
  }

  /** Under this name in /healthz. */
  String component() {
    return "ownership " + node;
  }

  void learn(Assembled assembled) {
    Owners owners = assembled.owners();
    count(owners.disagreements());
    unattributed =
        owners.bindings().stream()
            .filter(b -> b.getMethod() == OwnershipMethod.OWNERSHIP_UNRESOLVED)
            .mapToInt(Binding::getGpuRowsCount)
            .sum();
    // Without boards, as while their exporter is away, nothing can be told and nothing is new.
    if (assembled.rows().isEmpty()) {
      return;
    }
    String problems = String.join("; ", problems(owners));
    ticks = problems.equals(lastProblems) ? ticks + 1 : 1;
    told &= problems.equals(lastProblems);
    lastProblems = problems;
    if (problems.isEmpty()) {
      health.up(component());
    } else if (ticks >= TICKS && !told) {
      told = true;
      health.down(component(), problems);
      LOG.warn(
          "node {}: {}; to settle it, add to the configuration:\n{}",
          node,
          problems,
          BindingAdvice.yaml(node, owners, assembled.rows()));
    }
  }

  private void count(List<Disagreement> now) {
    Set<Disagreement> all = new HashSet<>(now);
    for (Disagreement disagreement : all) {
      if (!disputed.contains(disagreement)) {
        counters
            .counter(
                DISAGREEMENTS,
                "Boards of which two sources began to name different owners.",
                "node",
                node,
                "believed",
                Disagreement.nameOf(disagreement.method()),
                "other",
                Disagreement.nameOf(disagreement.otherMethod()))
            .increment();
      }
    }
    disputed = all;
  }

  private static List<String> problems(Owners owners) {
    List<String> problems = new ArrayList<>();
    if (!owners.unresolved().isEmpty()) {
      problems.add(owners.unresolved().size() + " engines and no telling whose the boards are");
    }
    if (!owners.missing().isEmpty()) {
      problems.add("bindings name boards that no exporter shows: " + owners.missing());
    }
    if (!owners.strangers().isEmpty()) {
      problems.add("boards of pods that are not known: " + owners.strangers());
    }
    owners.disagreements().forEach(disagreement -> problems.add(disagreement.toString()));
    return problems;
  }
}
