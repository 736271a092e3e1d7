package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.discovery.DiscoveredTarget;
import io.tokenwatt.collectors.discovery.FoundTargets;
import io.tokenwatt.collectors.discovery.KindProbe;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.kubernetes.PodCandidates.Group;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodBook;
import io.tokenwatt.collectors.ownership.PodRef;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exporters in the pods of the node. A pod is asked until one of its addresses answers as a known
 * exporter; that is its target from then on, whether it answers or not, until the pod goes. While
 * the pods are not known the targets stay as they are. For one thread; answers come in on others.
 */
final class PodTargets implements FoundTargets {
  private static final Logger LOG = LoggerFactory.getLogger(PodTargets.class);
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofMinutes(1);
  private static final int MOST_CANDIDATES = 24;

  private final NodeSpec node;
  private final List<TargetSpec> configured;
  private final ExporterCatalogue catalogue;
  private final KindProbe probe;
  private final Supplier<PodBook> book;
  private final LongSupplier nanoTime;
  private final Map<PodRef, Search> searches = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<Runnable> answers = new ConcurrentLinkedQueue<>();
  private volatile boolean settled;
  private volatile List<DiscoveredTarget> found = List.of();
  private volatile Map<HttpUrl, PodRef> podOfUrl = Map.of();

  /** What is known of one pod's exporters. */
  private static final class Search {
    final Pod pod;
    final boolean certain;
    final Map<TargetSpec, Exporter> known = new LinkedHashMap<>();
    // Groups that have not answered, by level; those of one level once one of it has.
    List<List<Group>> open;
    boolean asking;
    boolean asked;
    long dueNanos;
    long pauseNanos = FIRST.toNanos();

    Search(Pod pod, List<List<Group>> levels, long now) {
      this.pod = pod;
      this.open = levels;
      this.certain = levels.stream().flatMap(List::stream).anyMatch(Group::certain);
      this.dueNanos = now;
    }

    boolean isOf(Pod other) {
      return pod.uid().equals(other.uid()) && pod.ip().equals(other.ip());
    }
  }

  /**
   * @param configured targets of the node that are scraped anyway
   */
  PodTargets(
      NodeSpec node,
      List<TargetSpec> configured,
      ExporterCatalogue catalogue,
      KindProbe probe,
      Supplier<PodBook> book,
      LongSupplier nanoTime) {
    this.node = node;
    this.configured = List.copyOf(configured);
    this.catalogue = catalogue;
    this.probe = probe;
    this.book = book;
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean look() {
    boolean news = false;
    for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
      answer.run();
      news = true;
    }
    PodBook pods = book.get();
    if (pods.state() == PodBook.State.KNOWN) {
      news |= follow(pods);
      ask();
    }
    boolean changed = news && select();
    settled =
        pods.state() == PodBook.State.KNOWN
            && searches.values().stream().allMatch(s -> s.asked || s.open.isEmpty());
    return changed;
  }

  @Override
  public List<DiscoveredTarget> found() {
    return found;
  }

  /** Every pod known was asked at least once. */
  boolean isSettled() {
    return settled;
  }

  /** The pod that a target runs in; empty for targets from elsewhere. */
  Optional<PodRef> podOf(HttpUrl url) {
    return Optional.ofNullable(podOfUrl.get(url));
  }

  private boolean follow(PodBook pods) {
    boolean news =
        searches
            .values()
            .removeIf(
                search -> {
                  Pod now = pods.present().get(search.pod.ref());
                  return now == null || !now.running() || !search.isOf(now);
                });
    for (Pod pod : pods.present().values()) {
      if (pod.running() && !pod.ip().isEmpty()) {
        searches.computeIfAbsent(pod.ref(), ref -> search(pod));
      }
    }
    return news;
  }

  private Search search(Pod pod) {
    List<List<Group>> levels =
        PodCandidates.of(pod, catalogue).stream()
            .map(level -> level.stream().map(group -> withoutConfigured(pod, group)).toList())
            .map(level -> level.stream().filter(g -> !g.candidates().isEmpty()).toList())
            .filter(level -> !level.isEmpty())
            .toList();
    return new Search(pod, levels, nanoTime.getAsLong());
  }

  private void ask() {
    long now = nanoTime.getAsLong();
    for (Search search : searches.values()) {
      if (!search.open.isEmpty() && !search.asking && now - search.dueNanos >= 0) {
        ask(search);
      }
    }
  }

  private void ask(Search search) {
    List<TargetSpec> all =
        search.open.stream()
            .flatMap(List::stream)
            .flatMap(group -> group.candidates().stream())
            .distinct()
            .limit(MOST_CANDIDATES)
            .toList();
    search.asking = true;
    Map<TargetSpec, Exporter> heard = new HashMap<>();
    int[] left = {all.size()};
    for (TargetSpec target : all) {
      exporterOf(target)
          .thenAccept(
              exporter ->
                  answers.add(
                      () -> {
                        exporter.filter(PodTargets::isUsed).ifPresent(e -> heard.put(target, e));
                        if (--left[0] == 0) {
                          answered(search, heard);
                        }
                      }));
    }
  }

  /** A kind that somebody ordered needs no asking. */
  private CompletableFuture<Optional<Exporter>> exporterOf(TargetSpec target) {
    return target.kind().isPresent()
        ? CompletableFuture.completedFuture(target.kind().flatMap(catalogue::byName))
        : probe.ask(target);
  }

  private void answered(Search search, Map<TargetSpec, Exporter> heard) {
    search.asking = false;
    search.asked = true;
    for (List<Group> level : search.open) {
      List<Group> silent = new ArrayList<>();
      for (Group group : level) {
        Optional<TargetSpec> first =
            group.candidates().stream().filter(heard::containsKey).findFirst();
        first.ifPresentOrElse(t -> search.known.put(t, heard.get(t)), () -> silent.add(group));
      }
      if (silent.size() < level.size()) {
        search.open = silent.isEmpty() ? List.of() : List.of(silent);
        break;
      }
    }
    search.dueNanos = nanoTime.getAsLong() + (search.certain ? search.pauseNanos : MOST.toNanos());
    search.pauseNanos = Math.min(2 * search.pauseNanos, MOST.toNanos());
  }

  private static boolean isUsed(Exporter exporter) {
    return exporter.readsEngine() || exporter.readsGpus() || exporter.readsNode();
  }

  private Group withoutConfigured(Pod pod, Group group) {
    List<TargetSpec> left =
        group.candidates().stream().filter(target -> !isConfigured(pod, target)).toList();
    return new Group(left, group.certain());
  }

  // The host's network is reached by more than one address.
  private boolean isConfigured(Pod pod, TargetSpec target) {
    return configured.stream()
        .anyMatch(
            known ->
                known.url().port() == target.url().port()
                    && (known.url().host().equals(target.url().host())
                        || (pod.hostNetwork() && PodBook.isLoopback(known.url().host()))));
  }

  /** Of several pods that show the boards one is enough: rows that come twice count twice. */
  private boolean select() {
    Set<String> gpuKinds = new HashSet<>();
    configured.forEach(target -> gpuKindOf(target).ifPresent(gpuKinds::add));
    List<DiscoveredTarget> next = new ArrayList<>();
    Map<HttpUrl, PodRef> pods = new HashMap<>();
    searches.values().stream()
        .sorted(Comparator.comparing(search -> search.pod.ref().toString()))
        .forEach(
            search ->
                search.known.forEach(
                    (target, exporter) -> {
                      if (!exporter.readsGpus() || gpuKinds.add(exporter.kind())) {
                        next.add(new DiscoveredTarget(node, target));
                        pods.put(target.url(), search.pod.ref());
                      }
                    }));
    boolean changed = !next.equals(found);
    if (changed) {
      LOG.info(
          "node {}: exporters in pods: {}",
          node.node(),
          next.stream().map(t -> t.target().url()).toList());
    }
    found = List.copyOf(next);
    podOfUrl = Map.copyOf(pods);
    return changed;
  }

  private Optional<String> gpuKindOf(TargetSpec target) {
    return catalogue.all().stream()
        .filter(Exporter::readsGpus)
        .filter(
            exporter ->
                target.kind().isPresent()
                    ? target.kind().get().equals(exporter.kind())
                    : exporter.defaultPort() == target.url().port())
        .map(Exporter::kind)
        .findFirst();
  }
}
