package io.tokenwatt.collectors.exporters;

import io.tokenwatt.config.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Reads {@code metrics:} of a file: our metric's name to a list of aliases.
 *
 * @param prefixes that may stand before every name of the file; each makes an alias of its own
 * @param missing values by which all of the exporter's metrics say "no reading"
 */
record SourceYaml(List<String> prefixes, Set<Double> missing) {

  /**
   * @param takeMax whether repeated samples of the metric are by default one reading
   */
  <M extends Enum<M>> Map<M, List<Source>> metrics(
      Section section, Map<String, M> names, Predicate<String> takeMax) {
    return aliases(section, names, (alias, metric) -> sources(alias, takeMax.test(metric)));
  }

  /** Any map from our names to aliases, each alias becoming several where names have prefixes. */
  static <M, V> Map<M, List<V>> aliases(
      Section section, Map<String, M> names, BiFunction<Section, String, List<V>> read) {
    Map<M, List<V>> found = new LinkedHashMap<>();
    for (String key : section.keys()) {
      List<Section> aliases = section.sections(key);
      if (aliases.isEmpty()) {
        section.reject(key, "has no alias; write - name: the_exporters_name");
      }
      List<V> values = new ArrayList<>();
      aliases.forEach(alias -> values.addAll(read.apply(alias, key)));
      if (names.containsKey(key)) {
        found.put(names.get(key), values);
      } else {
        String known = String.join(", ", names.keySet());
        section.reject(key, "is no metric of ours; known here: " + known);
      }
    }
    return found;
  }

  private List<Source> sources(Section alias, boolean maxByDefault) {
    String combine = alias.choice("combine", maxByDefault ? "max" : "sum", List.of("sum", "max"));
    boolean atFinish = alias.flag("at_finish", false);
    boolean firstOnly = alias.flag("first_partition_only", false);
    List<Section> parts = alias.has("sum") ? alias.sections("sum") : List.of(alias);
    return prefixes.stream()
        .map(prefix -> parts.stream().map(part -> part(part, prefix)).toList())
        .map(built -> new Source(built, atFinish, firstOnly, combine.equals("max")))
        .toList();
  }

  private Part part(Section part, String prefix) {
    return new Part(
        prefix + part.text("name"),
        part.parsed("scale", Scale.ONE, Scale::of),
        rules(part),
        missing(part, missing));
  }

  static List<LabelRule> rules(Section section) {
    List<LabelRule> rules = new ArrayList<>(rules(section, "where", true));
    rules.addAll(rules(section, "unless", false));
    return List.copyOf(rules);
  }

  static List<LabelRule> rules(Section section, String key, boolean wanted) {
    Section labels = section.section(key);
    return labels.keys().stream()
        .map(label -> new LabelRule(label, Set.copyOf(labels.texts(label)), wanted))
        .toList();
  }

  /** The values of the key and those given. */
  static Set<Double> missing(Section section, Set<Double> inherited) {
    Set<Double> values = new HashSet<>(inherited);
    for (String text : section.texts("missing")) {
      try {
        values.add(Double.valueOf(text));
      } catch (NumberFormatException e) {
        section.reject("missing", "expected numbers, got \"" + text + "\"");
      }
    }
    return Set.copyOf(values);
  }
}
