package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.config.DurationText;
import io.tokenwatt.config.HiddenValues;
import io.tokenwatt.config.Section;
import io.tokenwatt.config.tls.KafkaSecurity;
import io.tokenwatt.jobs.node.LabelLimits;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.catalogue.CatalogueException;
import io.tokenwatt.model.catalogue.NodeClass;
import io.tokenwatt.model.catalogue.NodeClassCatalogue;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreYaml;
import io.tokenwatt.storage.backfill.BackfillEpoch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Configuration of the jobs process.
 *
 * @param kafkaProperties passed to the consumer and the producers as they are; never shown
 * @param checkpoints URI of the folder for checkpoints; kept when the job stops, and resumed from
 *     if it is a file: URI
 * @param parallelism subtasks per operator; 0 = what the cluster says
 * @param fireDelay a window's first row is written this long after its end: one tick + 1 s
 * @param heartbeat how often the jobs write one into every partition that they take their time
 *     from; zero = never
 * @param idleAfter a partition that is silent for this long, without heartbeats, holds no window
 *     back
 * @param nodeClasses what machines draw that no meter reads
 * @param requests how request events are counted
 * @param labels how many values a node may bring into each free-text dimension
 * @param regressions how regressions are found
 * @param epoch raise by one to let a deliberate recomputation win over rows written before
 */
public record JobConfig(
    String bootstrap,
    String topic,
    String group,
    Map<String, String> kafkaProperties,
    StoreConfig store,
    String checkpoints,
    Duration checkpointInterval,
    int parallelism,
    Duration fireDelay,
    Duration heartbeat,
    Duration idleAfter,
    int epoch,
    int uiPort,
    List<NodeClass> nodeClasses,
    Requests requests,
    LabelLimits labels,
    Regressions regressions) {
  /** A partition without heartbeats: longer than an outage of Kafka should last. */
  public static final Duration LAST_RESORT = Duration.ofMinutes(30);

  /** What {@code idle_after} is where nobody writes heartbeats: then results depend on timing. */
  static final Duration WITHOUT_HEARTBEATS = Duration.ofSeconds(5);

  public JobConfig {
    kafkaProperties = HiddenValues.of(kafkaProperties);
  }

  /**
   * How regressions are found.
   *
   * @param enabled RegressionJob runs behind EfficiencyJob
   */
  public record Regressions(boolean enabled, Tuning tuning) {
    public static final Regressions ON = new Regressions(true, Tuning.DEFAULT);

    /**
     * @param warmUp after which a new series is judged; rounded up to whole windows
     */
    public Regressions withWarmUp(Duration warmUp) {
      int windows = RegressionsYaml.windows(warmUp);
      return new Regressions(enabled, tuning.withWarmUpWindows(windows));
    }
  }

  /**
   * @param enabled LatencyJob runs beside EfficiencyJob
   */
  public record Requests(boolean enabled, String topic, String group) {
    public static final Requests ON =
        new Requests(true, Topics.REQUEST_EVENTS, "tokenwatt-latency");
  }

  /** Topics whose records' times tell when windows close. */
  public List<String> timedTopics() {
    return requests.enabled() ? List.of(topic, requests.topic()) : List.of(topic);
  }

  public static JobConfig of(Section root) {
    Section kafka = root.section("kafka");
    Duration heartbeat = root.parsed("heartbeat", Duration.ofSeconds(1), JobConfig::heartbeat);
    return new JobConfig(
        kafka.text("bootstrap"),
        kafka.text("topic", Topics.NODE_SAMPLES),
        kafka.text("group", "tokenwatt-efficiency"),
        KafkaSecurity.properties(kafka),
        StoreYaml.read(root.section("store")),
        root.text("checkpoints"),
        root.duration(
            "checkpoint_interval",
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofHours(1)),
        root.integer("parallelism", 0, 0, 32_768),
        root.duration("fire_delay", Duration.ofSeconds(2), Duration.ZERO, Duration.ofMinutes(5)),
        heartbeat,
        root.duration(
            "idle_after",
            heartbeat.isZero() ? WITHOUT_HEARTBEATS : LAST_RESORT,
            Duration.ofMillis(100),
            Duration.ofDays(7)),
        root.integer("epoch", 0, 0, BackfillEpoch.FIRST - 1),
        root.integer("ui_port", 0, 0, 65_535),
        nodeClasses(root),
        requests(root),
        labels(root.section("labels")),
        RegressionsYaml.read(root.section("regressions")));
  }

  private static Duration heartbeat(String text) {
    if (text.equals("off")) {
      return Duration.ZERO;
    }
    Duration every = DurationText.parse(text);
    if (every.compareTo(Duration.ofMillis(100)) < 0 || every.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("expected off, or a duration from 100ms to 1m");
    }
    return every;
  }

  /** {@code labels.workload.limit}, {@code labels.workload.only} and so on. */
  private static LabelLimits labels(Section section) {
    Map<LabelLimits.Label, Integer> limits = new EnumMap<>(LabelLimits.Label.class);
    Map<LabelLimits.Label, Set<String>> only = new EnumMap<>(LabelLimits.Label.class);
    for (LabelLimits.Label label : LabelLimits.Label.values()) {
      Section one = section.section(label.label());
      int usual = LabelLimits.DEFAULT.perNode().get(label);
      limits.put(label, one.integer("limit", usual, 1, 1_000_000));
      if (one.has("only")) {
        only.put(label, Set.copyOf(one.texts("only")));
      }
    }
    Duration horizon =
        section.duration("horizon", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(1));
    return new LabelLimits(limits, only, horizon.toMillis());
  }

  private static Requests requests(Section root) {
    Section section = root.section("requests");
    return new Requests(
        section.flag("enabled", true),
        section.text("topic", Requests.ON.topic()),
        section.text("group", Requests.ON.group()));
  }

  private static List<NodeClass> nodeClasses(Section root) {
    Optional<Path> file = root.path("node_classes");
    try {
      return file.map(NodeClassCatalogue::read).orElse(List.of());
    } catch (CatalogueException e) {
      root.reject("node_classes", e.getMessage());
      return List.of();
    }
  }
}
