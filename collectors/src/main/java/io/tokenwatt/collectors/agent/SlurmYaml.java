package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.ownership.SlurmRules;
import io.tokenwatt.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The shape of {@code slurm}: rules by which job labels are read. Stateless. */
final class SlurmYaml {
  private SlurmYaml() {}

  static SlurmRules read(Section root) {
    List<SlurmRules.Rule> rules = new ArrayList<>();
    for (Section rule : root.section("slurm").sections("jobs")) {
      rules.add(rule(rule));
    }
    return new SlurmRules(rules);
  }

  private static SlurmRules.Rule rule(Section section) {
    Pattern job = section.parsed("job", Pattern.compile(".*"), SlurmYaml::pattern);
    return new SlurmRules.Rule(
        job,
        template(section, "workload", job),
        template(section, "owner", job),
        section.choice("kind", "batch", List.of("inference", "training", "batch", "other")),
        section.choice("role", "both", List.of("prefill", "decode", "both")),
        template(section, "model", job),
        template(section, "engine_group", job),
        section.integer("boards_required", 0, 0, 1_000_000),
        section.integer("members", 1, 0, 100_000));
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("expected a pattern: " + e.getDescription());
    }
  }

  private static String template(Section section, String key, Pattern job) {
    String text = section.text(key, "");
    String problem = SlurmRules.problem(text, job);
    if (!problem.isEmpty()) {
      section.reject(key, problem);
      return "";
    }
    return text;
  }
}
