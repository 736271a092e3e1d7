package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.DiscoveredTarget;
import io.tokenwatt.collectors.discovery.FoundTargets;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.kubernetes.KubernetesNode;
import io.tokenwatt.collectors.kubernetes.KubernetesSpec;
import io.tokenwatt.collectors.kubernetes.PodWatch;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodBook;
import io.tokenwatt.collectors.scrape.ScrapeClient;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What Kubernetes tells of the node, for people.
 *
 * @param text one line per pod that holds boards or is scraped; why nothing is known, where it is
 *     so
 */
record Surroundings(List<TargetSpec> targets, String text) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration REFUSED = Duration.ofSeconds(3);

  /** Asks for as long as pods take to answer, at most ten seconds; three where the server fails. */
  static Surroundings look(
      KubernetesSpec spec, List<TargetSpec> configured, ExporterCatalogue catalogue) {
    Health health = new Health(Instant::now);
    NodeSpec node = NodeSpec.of(spec.node(), "");
    try (ScrapeClient client = new ScrapeClient();
        KubernetesNode kubernetes =
            new KubernetesNode(spec, node, configured, catalogue, client, new Counters(), health)) {
      kubernetes.start();
      long since = System.nanoTime();
      while (!kubernetes.isSettled()
          && System.nanoTime() - since < (isDown(health) ? REFUSED : PATIENCE).toNanos()) {
        kubernetes.targets().forEach(FoundTargets::look);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      return of(kubernetes, health);
    }
  }

  private static boolean isDown(Health health) {
    Health.Component pods = health.components().get(PodWatch.COMPONENT);
    return pods != null && pods.state() == Health.State.DOWN;
  }

  static Surroundings of(KubernetesNode kubernetes, Health health) {
    List<TargetSpec> targets =
        kubernetes.targets().stream()
            .flatMap(found -> found.found().stream())
            .map(DiscoveredTarget::target)
            .toList();
    PodBook book = kubernetes.book();
    if (book.state() != PodBook.State.KNOWN) {
      String problems =
          health.components().entrySet().stream()
              .filter(c -> c.getKey().startsWith("kube") && !c.getValue().lastError().isEmpty())
              .map(c -> "\n  " + c.getKey() + ": " + c.getValue().lastError())
              .collect(Collectors.joining());
      return new Surroundings(targets, "kubernetes  has told of no pods" + problems + "\n");
    }
    StringBuilder text = new StringBuilder();
    text.append("kubernetes  %d pods on this node\n".formatted(book.present().size()));
    book.present().values().stream()
        .sorted(Comparator.comparing(pod -> pod.ref().toString()))
        .forEach(pod -> text.append(line(pod, targets)));
    return new Surroundings(targets, text.toString());
  }

  private static String line(Pod pod, List<TargetSpec> targets) {
    String scraped =
        targets.stream()
            .filter(target -> target.name().startsWith(pod.ref() + ":"))
            .map(target -> "  " + target.url())
            .collect(Collectors.joining());
    if (!pod.holdsGpus() && scraped.isEmpty()) {
      return "";
    }
    String boards = pod.boards() > 0 ? pod.boards() + " boards" : "parts of boards";
    return "  pod %s  %s%s%s\n"
        .formatted(
            pod.ref(),
            pod.holdsGpus() ? boards : "no boards",
            pod.running() ? "" : "  ended",
            scraped);
  }
}
