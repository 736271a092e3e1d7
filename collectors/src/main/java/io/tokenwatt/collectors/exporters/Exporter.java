package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.Sample;
import io.tokenwatt.model.proto.NodeMetric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One kind of exporter, as its YAML file describes it: how it is recognised, where it usually
 * listens, and which of its metrics are which of ours. Immutable and safe for any thread.
 */
public final class Exporter {
  private final String kind;
  private final int defaultPort;
  private final String path;
  private final List<String> images;
  private final Optional<Detection> detection;
  private final Optional<GpuSection> gpu;
  private final Optional<EngineSection> engine;
  private final Optional<SourceIndex<NodeMetric>> node;

  Exporter(
      String kind,
      int defaultPort,
      String path,
      List<String> images,
      Optional<Detection> detection,
      Optional<GpuSection> gpu,
      Optional<EngineSection> engine,
      Optional<SourceIndex<NodeMetric>> node) {
    this.kind = kind;
    this.defaultPort = defaultPort;
    this.path = path;
    this.images = images;
    this.detection = detection;
    this.gpu = gpu;
    this.engine = engine;
    this.node = node;
  }

  /** The name in configuration and in {@code Engine.kind}. */
  public String kind() {
    return kind;
  }

  /** Where discovery looks for it; 0 = nowhere in particular. */
  public int defaultPort() {
    return defaultPort;
  }

  /** The path of its metrics, "/metrics" for most. */
  public String path() {
    return path;
  }

  /**
   * Container images of this name usually serve it: one of the names is its last part or parts, or
   * stands within it between slashes. Registry, tag and digest do not count.
   */
  public boolean isServedBy(String image) {
    int digest = image.indexOf('@');
    String name = digest < 0 ? image : image.substring(0, digest);
    int tag = name.lastIndexOf(':');
    String untagged = tag > name.lastIndexOf('/') ? name.substring(0, tag) : name;
    return images.stream()
        .anyMatch(
            known ->
                known.endsWith("/")
                    ? ("/" + untagged).contains("/" + known)
                    : ("/" + untagged).endsWith("/" + known));
  }

  /** Its expositions tell of boards. */
  public boolean readsGpus() {
    return gpu.isPresent();
  }

  /** Its expositions tell of a serving engine. */
  public boolean readsEngine() {
    return engine.isPresent();
  }

  /** Its expositions tell of the machine as a whole. */
  public boolean readsNode() {
    return node.isPresent();
  }

  /** Full names of all metrics that {@link #read} looks at. */
  public Set<String> metricNames() {
    Set<String> names = new TreeSet<>();
    gpu.ifPresent(
        section -> {
          names.addAll(section.index().names());
          names.addAll(section.info());
        });
    engine.ifPresent(section -> names.addAll(section.names()));
    node.ifPresent(index -> names.addAll(index.names()));
    return names;
  }

  /**
   * The highest of the kinds that {@link #recognises} a page is meant; lowest where never detected.
   */
  int priority() {
    return detection.map(Detection::priority).orElse(Integer.MIN_VALUE);
  }

  boolean recognises(Set<String> names) {
    return detection.isPresent() && detection.get().matches(names);
  }

  /**
   * Reads one exposition. Metrics the description does not name are passed over; what is not
   * believable becomes a reject, never a zero.
   *
   * @param instance the target's name on its node
   */
  public TargetReading read(Exposition exposition, String instance) {
    return learn(exposition, instance).reading();
  }

  /**
   * What one exposition says.
   *
   * @param plan reads the next pages of the same series; empty where values were refused
   */
  public record Learned(TargetReading reading, Optional<ReadingPlan> plan) {}

  /** As {@link #read}, and how to read the next page of the same series by its values alone. */
  public Learned learn(Exposition exposition, String instance) {
    Readings readings = new Readings();
    Optional<GpuReader> gpus = gpu.map(section -> new GpuReader(section, readings));
    Optional<EngineReader> engines = engine.map(section -> new EngineReader(section, readings));
    Optional<NodeReader> nodes = node.map(index -> new NodeReader(index, readings));
    for (Sample sample : exposition.samples()) {
      gpus.ifPresent(reader -> reader.read(sample));
      engines.ifPresent(reader -> reader.read(sample));
      nodes.ifPresent(reader -> reader.read(sample));
    }
    TargetReading reading =
        new TargetReading(
            instance,
            kind,
            gpus.map(GpuReader::rows).orElse(List.of()),
            engines.map(reader -> reader.engine(instance, kind)),
            nodes.map(NodeReader::values).orElse(List.of()),
            gpus.map(GpuReader::driver).orElse(""),
            readings.rejects());
    Optional<EnginePlan> engineDraft =
        readings.slots().isSteady()
            ? engines.map(reader -> reader.plan(reading.engine().orElseThrow()))
            : Optional.empty();
    if (!readings.slots().isSteady() || engineDraft.isPresent() != engines.isPresent()) {
      return new Learned(reading, Optional.empty());
    }
    ReadingPlan plan =
        new ReadingPlan(
            reading,
            readings.slots().reader(exposition),
            gpus.map(GpuReader::plans).orElse(List.of()),
            engineDraft.orElse(null),
            nodes.map(NodeReader::plan).orElse(Map.of()));
    return new Learned(reading, Optional.of(plan));
  }
}
