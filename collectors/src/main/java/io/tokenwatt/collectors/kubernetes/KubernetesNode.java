package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.discovery.FoundTargets;
import io.tokenwatt.collectors.discovery.KindProbe;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.collectors.ownership.PodBook;
import io.tokenwatt.collectors.ownership.PodRef;
import io.tokenwatt.collectors.ownership.SlurmRules;
import io.tokenwatt.collectors.scrape.ScrapeClient;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agent's own node as Kubernetes tells it: pods, the boards given to them, exporters in them.
 */
public final class KubernetesNode implements AutoCloseable {
  private static final Duration KUBELET_PERIOD = Duration.ofSeconds(5);

  private final KubernetesSpec spec;
  private final PodWatch pods;
  private final Optional<KubeletWatch> kubelet;
  private final PodTargets targets;

  /**
   * @param configured targets of the node that are scraped anyway
   * @throws IllegalArgumentException if the certificates cannot be read
   */
  public KubernetesNode(
      KubernetesSpec spec,
      NodeSpec node,
      List<TargetSpec> configured,
      ExporterCatalogue catalogue,
      ScrapeClient client,
      Counters counters,
      Health health) {
    this.spec = spec;
    this.pods = new PodWatch(spec, counters, health);
    this.kubelet =
        spec.podResources()
            .map(socket -> new KubeletWatch(socket, KUBELET_PERIOD, counters, health));
    KindProbe probe = new KindProbe(client, catalogue);
    this.targets = new PodTargets(node, configured, catalogue, probe, pods::book, System::nanoTime);
  }

  public void start() {
    pods.start();
    kubelet.ifPresent(KubeletWatch::start);
  }

  /** Exporters in pods; none where the configuration does not want them. */
  public List<FoundTargets> targets() {
    return spec.targets() ? List.of(targets) : List.of();
  }

  /** What is known now. */
  public Knowledge knowledge(
      List<BindingSpec> bindings, List<TargetSpec> scraped, SlurmRules slurm) {
    PodBook book = pods.book();
    Map<String, PodRef> podOfTarget = new HashMap<>();
    for (TargetSpec target : scraped) {
      targets
          .podOf(target.url())
          .or(() -> book.at(target.url().host(), target.url().port()))
          .ifPresent(pod -> podOfTarget.put(target.name(), pod));
    }
    return new Knowledge(
        bindings, book, spec.rules(), kubelet.flatMap(KubeletWatch::grants), slurm, podOfTarget);
  }

  /** The pods are known, and each that may serve metrics was asked at least once. */
  public boolean isSettled() {
    boolean asked = !spec.targets() || targets.isSettled();
    boolean granted = kubelet.isEmpty() || kubelet.get().hasTried();
    return pods.book().state() == PodBook.State.KNOWN && asked && granted;
  }

  /** The pods now. */
  public PodBook book() {
    return pods.book();
  }

  @Override
  public void close() {
    pods.close();
    kubelet.ifPresent(KubeletWatch::close);
  }
}
