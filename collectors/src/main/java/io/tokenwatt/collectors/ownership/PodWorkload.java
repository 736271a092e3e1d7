package io.tokenwatt.collectors.ownership;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pod's workload, owner, kind and role by its labels and its controller. {@code tokenwatt.io/…}
 * labels and annotations (workload, owner, kind, role, task, model, precision, engine-group,
 * boards-required, members, pair-group) come before everything else. Pure.
 */
final class PodWorkload {
  private static final String OURS = "tokenwatt.io/";
  private static final Set<String> KINDS = Set.of("inference", "training", "batch", "other");
  private static final Set<String> TASKS = Set.of("generate", "embed", "rerank", "other");
  private static final Set<String> ROLES = Set.of("prefill", "decode");

  private final Pod pod;
  private final PodRules rules;
  private final Optional<LeaderWorkerGroup> group;

  private PodWorkload(Pod pod, PodRules rules) {
    this.pod = pod;
    this.rules = rules;
    this.group = LeaderWorkerGroup.of(pod);
  }

  /** What the pod is; kind "" = not told by anything, boards and engines left open. */
  static BindingSpec of(Pod pod, PodRules rules) {
    return new PodWorkload(pod, rules).spec();
  }

  /** Equal for pods of one rollout: what its containers run. */
  static String signature(Pod pod) {
    return LeaderWorkerGroup.of(pod)
        .map(LeaderWorkerGroup::revision)
        .filter(revision -> !revision.isEmpty())
        .orElseGet(
            () ->
                pod.containers().stream()
                    .map(c -> c.image() + " " + String.join(" ", c.command()))
                    .sorted()
                    .collect(Collectors.joining("\n")));
  }

  private BindingSpec spec() {
    String role = role();
    int pods = number("members", group.map(LeaderWorkerGroup::size).orElse(1));
    return new BindingSpec(
        workload(),
        first(rules.owner(), pod.mark(OURS + "owner"), pod.ref().namespace()),
        known(KINDS, pod.mark(OURS + "kind"), rules.kinds().getOrDefault(controllerKind(), "")),
        role,
        known(TASKS, pod.mark(OURS + "task"), "generate"),
        first(rules.model(), pod.mark(OURS + "model"), ModelArgument.of(pod)),
        pod.mark(OURS + "precision"),
        Optional.empty(),
        List.of(),
        pods,
        inNamespace(pod.mark(OURS + "engine-group"), group.map(LeaderWorkerGroup::key).orElse("")),
        number("boards-required", isAlone(role) ? 0 : boards() * Math.max(1, pods)),
        inNamespace(pod.mark(OURS + "pair-group"), pair(role)));
  }

  // Halves of a pair are judged together with their like on the node: each alone says too little.
  private boolean isAlone(String role) {
    return !role.equals("both") && group.isEmpty();
  }

  // Parts of boards say nothing of how many boards the whole takes.
  private int boards() {
    return pod.isCountable() ? pod.boards() : 0;
  }

  private String workload() {
    String told = pod.mark(OURS + "workload");
    if (!told.isEmpty()) {
      return told;
    }
    String name = group.map(LeaderWorkerGroup::set).orElse("");
    return pod.ref().namespace() + "/" + first(rules.workload(), name, controllerName());
  }

  private String controllerKind() {
    return pod.controller().map(Pod.Controller::kind).orElse("Pod");
  }

  private String controllerName() {
    if (pod.controller().isEmpty()) {
      return pod.ref().name();
    }
    String name = pod.controller().get().name();
    // A Deployment's ReplicaSet is the Deployment's name, "-" and this label's value.
    String suffix = "-" + pod.labels().getOrDefault("pod-template-hash", "");
    boolean made = suffix.length() > 1 && name.endsWith(suffix) && name.length() > suffix.length();
    return made ? name.substring(0, name.length() - suffix.length()) : name;
  }

  private String role() {
    String told = first(rules.role(), pod.mark(OURS + "role"), "");
    return ROLES.contains(told) ? told : "both";
  }

  private String pair(String role) {
    String name = role.equals("both") ? "" : first(rules.pair(), "", "");
    return name.isEmpty() ? "" : pod.ref().namespace() + "/" + name;
  }

  private int number(String key, int otherwise) {
    String told = pod.mark(OURS + key);
    return told.matches("\\d{1,6}") ? Integer.parseInt(told) : otherwise;
  }

  private String inNamespace(String told, String otherwise) {
    return told.isEmpty() ? otherwise : pod.ref().namespace() + "/" + told;
  }

  private String first(List<String> labels, String before, String otherwise) {
    if (!before.isEmpty()) {
      return before;
    }
    return labels.stream()
        .map(pod::mark)
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse(otherwise);
  }

  private static String known(Set<String> words, String told, String otherwise) {
    return words.contains(told) ? told : otherwise;
  }
}
