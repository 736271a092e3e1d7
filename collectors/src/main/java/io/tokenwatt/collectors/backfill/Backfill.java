package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.agent.NodeHistory;
import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.model.proto.NodeSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Publishes the history of a Prometheus as node samples, hour by hour. Broken off, it goes on with
 * the hour of the newest record in its topic; what is published twice then is told apart by (run,
 * number), so the job counts it once. One thread.
 */
public final class Backfill implements AutoCloseable {
  /** Before the first window, so that the first readings in it are no baselines. */
  static final long WARM_UP_MS = Hours.HOUR_MS;

  /** After the last window, so that the intervals that reach out of it end. */
  static final long TAIL_MS = 600_000;

  private final PrometheusClient prometheus;
  private final Hours hours;
  private final BackfillTopic topic;
  private final Map<String, List<BindingSpec>> bindings = new HashMap<>();
  private Map<String, NodeHour.Memory> memories = new HashMap<>();
  private long records;
  private long homeless;
  private final Set<String> nodes = new TreeSet<>();
  private final Map<String, Long> rejects = new TreeMap<>();

  /**
   * Where the run stands.
   *
   * @param doneMs the history is read up to here, of (fromMs, toMs]
   */
  public record Progress(long fromMs, long doneMs, long toMs, long records, int nodes) {}

  /**
   * What was read.
   *
   * @param homeless series of an hour that say nothing of a node, at most
   * @param rejects readings that were not believable, by reason
   */
  public record Summary(
      long records, Set<String> nodes, long homeless, Map<String, Long> rejects) {}

  /**
   * @param kafka its topic is the backfill's own and is created where it is missing
   */
  public Backfill(BackfillSpec spec, KafkaSpec kafka) {
    ExporterCatalogue catalogue = ExporterCatalogue.load(spec.exporterFolders());
    for (NodePlan plan : spec.nodes()) {
      bindings.put(plan.node().node(), plan.bindings());
    }
    this.prometheus = new PrometheusClient(spec.prometheus(), spec.access());
    TargetMapping mapping = new TargetMapping(spec.own(), spec.nodes(), spec.nodeLabels());
    this.hours = new Hours(prometheus, mapping, catalogue);
    this.topic = new BackfillTopic(kafka);
  }

  /**
   * What there is in the hour before an instant, by node, a line each for people: whose series are
   * whose, before anything is published.
   */
  public static List<String> plan(BackfillSpec spec, long atMs) {
    ExporterCatalogue catalogue = ExporterCatalogue.load(spec.exporterFolders());
    TargetMapping mapping = new TargetMapping(spec.own(), spec.nodes(), spec.nodeLabels());
    try (PrometheusClient prometheus = new PrometheusClient(spec.prometheus(), spec.access())) {
      return new Inventory(new Hours(prometheus, mapping, catalogue)).lines(atMs - Hours.HOUR_MS);
    }
  }

  /** The hours that windows of [fromMs, toMs) need, in (first, last]. */
  static long firstHour(long fromMs) {
    return Math.floorDiv(fromMs - WARM_UP_MS, Hours.HOUR_MS) * Hours.HOUR_MS;
  }

  /**
   * Reads what the windows in [fromMs, toMs) need and publishes it.
   *
   * @throws PrometheusException if the history cannot be read; run it again to go on
   */
  public Summary run(long fromMs, long toMs, Consumer<Progress> progress) {
    long first = firstHour(fromMs);
    long last = toMs + TAIL_MS;
    long hour = goOnFrom(first);
    for (; hour < last; hour += Hours.HOUR_MS) {
      readHour(hour, first, topic::publish);
      topic.flush();
      long done = Math.min(last, hour + Hours.HOUR_MS);
      progress.accept(new Progress(first, done, last, records, nodes.size()));
    }
    return new Summary(records, nodes, homeless, rejects);
  }

  private long goOnFrom(long first) {
    OptionalLong newest = topic.newestMs();
    if (newest.isEmpty()) {
      return first;
    }
    // An hour's last tick may reach some minutes into the next.
    long hour = Math.floorDiv(newest.getAsLong() - Hours.MARGIN_MS, Hours.HOUR_MS) * Hours.HOUR_MS;
    if (hour <= first) {
      return first;
    }
    readHour(hour - Hours.HOUR_MS, first, sample -> {});
    return hour;
  }

  private void readHour(long hourMs, long run, Consumer<NodeSample> to) {
    Map<String, NodeHour.Memory> now = new HashMap<>();
    Hours.Found inventory = hours.inventory(hourMs);
    homeless = Math.max(homeless, inventory.homeless());
    nodes.addAll(inventory.nodes().keySet());
    hours.read(
        inventory,
        hourMs,
        (node, pages) -> {
          if (!pages.isEmpty()) {
            NodeHour.Memory before = memory(node, pages, hourMs);
            NodeHour one = new NodeHour(pages, hourMs, Hours.HOUR_MS);
            now.put(
                node,
                one.records(
                    before,
                    run,
                    sample -> {
                      records++;
                      to.accept(sample);
                    },
                    reading -> reading.rejects().forEach(this::rejected)));
          }
        });
    memories = now;
  }

  private NodeHour.Memory memory(String node, List<TargetPages> pages, long hourMs) {
    NodeHour.Memory known = memories.get(node);
    if (known != null) {
      return known;
    }
    NodeHistory history =
        new NodeHistory(pages.get(0).target().node(), bindings.getOrDefault(node, List.of()));
    return new NodeHour.Memory(hourMs, history, Map.of());
  }

  private void rejected(Reject reject) {
    rejects.merge(reject.reason(), 1L, Long::sum);
  }

  @Override
  public void close() {
    topic.close();
    prometheus.close();
  }
}
