package io.tokenwatt.collectors.exporters;

import io.tokenwatt.config.Section;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.LatencyMeasure;
import io.tokenwatt.model.proto.NodeMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one file of {@code exporters.d}; README.md there explains the keys. */
final class ExporterYaml {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Map<String, GpuMetric> GPU = names(GpuMetric.values());
  private static final Map<String, EngineMetric> ENGINE = names(EngineMetric.values());
  private static final Map<String, NodeMetric> NODE = names(NodeMetric.values());
  private static final Map<String, LatencyMeasure> LATENCY = names(LatencyMeasure.values());

  private final String file;
  private final Section root;
  private final SourceYaml sources;

  private ExporterYaml(String file, Section root) {
    this.file = file;
    this.root = root;
    List<String> prefixes = root.has("prefixes") ? root.texts("prefixes") : List.of("");
    this.sources = new SourceYaml(prefixes, SourceYaml.missing(root, Set.of()));
  }

  static ExporterDraft read(String file, Section root) {
    return new ExporterYaml(file, root).draft();
  }

  private ExporterDraft draft() {
    Section probe = root.section("probe");
    ExporterDraft draft =
        new ExporterDraft(
            file,
            root.parsed("kind", root.text("kind"), ExporterYaml::kind),
            probe.integer("port", 0, 0, 65535),
            probe.parsed("path", "/metrics", ExporterYaml::path),
            probe.texts("images"),
            optional("detect", ExporterYaml::detection),
            optional("gpu", this::gpu),
            optional("engine", this::engine),
            optional("node", this::node));
    about(root.section("about"));
    String ignored = root.text("reads_nothing_because", "");
    if (ignored.isEmpty() && !root.has("gpu") && !root.has("engine") && !root.has("node")) {
      root.reject("kind", "reads nothing: write gpu, engine or node, or reads_nothing_because");
    }
    return draft;
  }

  /** For people: docs/exporters.md is written from it, and nothing that is read depends on it. */
  private static void about(Section about) {
    about.text("name", "");
    about.text("versions", "");
    about.texts("dumps");
    about.texts("caveats");
  }

  private <T> Optional<T> optional(String key, Function<Section, T> read) {
    return root.has(key) ? Optional.of(read.apply(root.section(key))) : Optional.empty();
  }

  private static Detection detection(Section detect) {
    List<String> any = detect.texts("any");
    if (any.isEmpty()) {
      detect.reject("any", "expected at least one metric name, or prefix with * behind");
    }
    return new Detection(detect.integer("priority", 50, 0, 1000), any, detect.texts("none"));
  }

  private GpuSection gpu(Section gpu) {
    LabelNames id = labelNames(gpu, "id");
    if (id.names().isEmpty()) {
      gpu.reject("id", "expected the labels that identify a board");
    }
    GpuLabels labels =
        new GpuLabels(
            id,
            labelNames(gpu, "index"),
            labelNames(gpu, "model"),
            labelNames(gpu, "driver"),
            labelNames(gpu, "instance"),
            labelNames(gpu, "profile"),
            SourceYaml.rules(gpu, "whole_when", true),
            owner(gpu.section("owner")),
            gpu.texts("own_pods"));
    Set<String> info = Set.copyOf(prefixed(gpu.texts("info")));
    return GpuSection.of(labels, info, sources.metrics(gpu.section("metrics"), GPU, m -> true));
  }

  private static Map<String, LabelNames> owner(Section owner) {
    Map<String, LabelNames> labels = new LinkedHashMap<>();
    owner.keys().forEach(key -> labels.put(key, labelNames(owner, key)));
    return labels;
  }

  private EngineDraft engine(Section engine) {
    Section ranks = engine.section("rank_labels");
    EngineLabels labels =
        new EngineLabels(labelNames(engine, "model"), ranks.texts("separate"), ranks.texts("max"));
    return new EngineDraft(
        labels,
        info(engine.section("info")),
        sources.metrics(engine.section("metrics"), ENGINE, m -> m.endsWith("_PPM")),
        SourceYaml.aliases(engine.section("histograms"), LATENCY, (alias, m) -> family(alias)),
        engine.texts("include"));
  }

  private List<HistogramSource> family(Section alias) {
    String unit = alias.choice("unit", "s", TimeUnits.NAMES);
    TimeUnits units = TimeUnits.values()[TimeUnits.NAMES.indexOf(unit)];
    List<LabelRule> rules = SourceYaml.rules(alias);
    return prefixed(List.of(alias.text("name"))).stream()
        .map(name -> new HistogramSource(name, units, rules))
        .toList();
  }

  private Map<String, List<String>> info(Section info) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (String key : info.keys()) {
      List<String> wanted = info.texts(key);
      prefixed(List.of(key)).forEach(name -> labels.put(name, wanted));
    }
    return labels;
  }

  private SourceIndex<NodeMetric> node(Section node) {
    return new SourceIndex<>(sources.metrics(node.section("metrics"), NODE, m -> false));
  }

  private List<String> prefixed(List<String> names) {
    List<String> all = new ArrayList<>();
    names.forEach(name -> sources.prefixes().forEach(prefix -> all.add(prefix + name)));
    return all;
  }

  private static LabelNames labelNames(Section section, String key) {
    return new LabelNames(section.texts(key));
  }

  private static String kind(String text) {
    if (!KIND.matcher(text).matches()) {
      throw new IllegalArgumentException("expected small letters, digits and _");
    }
    return text;
  }

  private static String path(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("expected a path that starts with /");
    }
    return text;
  }

  private static <E extends Enum<E>> Map<String, E> names(E[] values) {
    return Arrays.stream(values)
        .filter(e -> !e.name().endsWith("UNSPECIFIED") && !e.name().equals("UNRECOGNIZED"))
        .collect(Collectors.toMap(Enum::name, e -> e, (a, b) -> a, LinkedHashMap::new));
  }
}
