package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodContainer;
import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where in a pod an exporter may listen, the likelier first. Pure.
 *
 * <p>{@code tokenwatt.io/scrape: "true"} with {@code tokenwatt.io/ports} (and {@code path}, {@code
 * kind}) is an order: all of them, and nothing else. {@code prometheus.io/scrape} with {@code port}
 * comes next. Else each container that holds boards, or whose image is known to serve metrics, is
 * asked at its declared ports and at those usual for its kind.
 */
final class PodCandidates {
  private static final String OURS = "tokenwatt.io/";
  private static final String PROMETHEUS = "prometheus.io/";

  private final Pod pod;
  private final ExporterCatalogue catalogue;

  private PodCandidates(Pod pod, ExporterCatalogue catalogue) {
    this.pod = pod;
    this.catalogue = catalogue;
  }

  /**
   * Addresses that mean one exporter: the first that answers is it.
   *
   * @param certain the pod holds boards, or somebody or its image says that it serves metrics
   */
  record Group(List<TargetSpec> candidates, boolean certain) {}

  /** Groups in order of preference within lists; a later list counts where an earlier has none. */
  static List<List<Group>> of(Pod pod, ExporterCatalogue catalogue) {
    return new PodCandidates(pod, catalogue).levels();
  }

  private List<List<Group>> levels() {
    String told = pod.mark(OURS + "scrape");
    if (told.equals("false") || pod.ip().isEmpty() || !pod.running()) {
      return List.of();
    }
    if (!pod.mark(OURS + "ports").isEmpty()) {
      return List.of(ordered());
    }
    List<List<Group>> levels = new ArrayList<>();
    if (pod.annotations().getOrDefault(PROMETHEUS + "scrape", "").equals("true")) {
      levels.add(annotated());
    }
    levels.add(contained());
    levels.removeIf(List::isEmpty);
    return levels;
  }

  private List<Group> ordered() {
    List<Group> groups = new ArrayList<>();
    String path = orElse(pod.mark(OURS + "path"), "/metrics");
    Optional<String> kind =
        Optional.of(pod.mark(OURS + "kind")).filter(k -> catalogue.byName(k).isPresent());
    for (String port : pod.mark(OURS + "ports").split("[\\s,]+")) {
      target("http", port, path, kind).ifPresent(t -> groups.add(new Group(List.of(t), true)));
    }
    return groups;
  }

  private List<Group> annotated() {
    String port = pod.annotations().getOrDefault(PROMETHEUS + "port", "");
    String path = orElse(pod.annotations().getOrDefault(PROMETHEUS + "path", ""), "/metrics");
    String scheme = orElse(pod.annotations().getOrDefault(PROMETHEUS + "scheme", ""), "http");
    List<TargetSpec> candidates = new ArrayList<>();
    if (!port.isEmpty()) {
      target(scheme, port, path, Optional.empty()).ifPresent(candidates::add);
    } else {
      pod.containers().stream()
          .flatMap(container -> container.ports().stream())
          .map(p -> target(scheme, "" + p.number(), path, Optional.empty()))
          .forEach(t -> t.ifPresent(candidates::add));
    }
    boolean certain = pod.holdsGpus() || pod.containers().stream().anyMatch(this::isKnown);
    return candidates.isEmpty() ? List.of() : List.of(new Group(candidates, certain));
  }

  private List<Group> contained() {
    List<Group> groups = new ArrayList<>();
    for (PodContainer container : pod.containers()) {
      if (container.holdsGpus() || isKnown(container) || isOnlyOneOfClaim()) {
        List<TargetSpec> candidates = candidates(container);
        if (!candidates.isEmpty()) {
          groups.add(new Group(candidates, true));
        }
      }
    }
    return groups;
  }

  // Which container uses a claimed device is not looked into; of one container it is plain.
  private boolean isOnlyOneOfClaim() {
    return pod.claimsDevices() && pod.containers().size() == 1;
  }

  private List<TargetSpec> candidates(PodContainer container) {
    List<Exporter> kinds = kinds(e -> e.isServedBy(container.image()));
    // On the host's network a port that is not declared may be any other pod's.
    boolean own = !pod.hostNetwork();
    if (kinds.isEmpty() && container.ports().isEmpty() && own) {
      kinds = kinds(Exporter::readsEngine);
    }
    Set<TargetSpec> candidates = new LinkedHashSet<>();
    Set<String> paths = new LinkedHashSet<>();
    kinds.forEach(kind -> paths.add(kind.path()));
    paths.add("/metrics");
    for (String path : paths) {
      container.ports().stream()
          .map(port -> target("http", "" + port.number(), path, Optional.empty()))
          .forEach(t -> t.ifPresent(candidates::add));
    }
    for (Exporter kind : kinds) {
      if (kind.defaultPort() > 0 && own) {
        target("http", "" + kind.defaultPort(), kind.path(), Optional.empty())
            .ifPresent(candidates::add);
      }
    }
    return List.copyOf(candidates);
  }

  private boolean isKnown(PodContainer container) {
    return !kinds(e -> e.isServedBy(container.image())).isEmpty();
  }

  private List<Exporter> kinds(Predicate<Exporter> wanted) {
    return catalogue.all().stream().filter(wanted).toList();
  }

  private Optional<TargetSpec> target(
      String scheme, String port, String path, Optional<String> kind) {
    String host = pod.ip().contains(":") ? "[" + pod.ip() + "]" : pod.ip();
    String slash = path.startsWith("/") ? "" : "/";
    try {
      return Optional.of(
          new TargetSpec(
              pod.ref() + ":" + port,
              TargetSpec.parse(scheme + "://" + host + ":" + port + slash + path),
              kind,
              Optional.empty(),
              Access.OPEN));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String orElse(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
