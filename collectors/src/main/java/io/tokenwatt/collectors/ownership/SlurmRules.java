package io.tokenwatt.collectors.ownership;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Slurm job is, by the exporter's job label: the first rule whose pattern matches the whole
 * label. Without a match: workload {@code slurm/<job>}, the job's user as owner where the exporter
 * tells it, kind batch.
 */
public record SlurmRules(List<Rule> rules) {
  public static final SlurmRules NONE = new SlurmRules(List.of());

  /**
   * Texts may use the pattern's groups ($1, ${name}) and {user}, {partition}.
   *
   * @param workload "" = slurm/ and the job
   * @param owner "" = the job's user
   * @param engineGroup "" = the job does not run one engine on all its nodes
   */
  public record Rule(
      Pattern job,
      String workload,
      String owner,
      String kind,
      String role,
      String model,
      String engineGroup,
      int boardsRequired,
      int members) {}

  public SlurmRules {
    rules = List.copyOf(rules);
  }

  /**
   * @param labels of the row, the job's first
   */
  BindingSpec of(String job, Map<String, String> labels) {
    String user = labels.getOrDefault("job_user", "");
    for (Rule rule : rules) {
      Matcher matcher = rule.job.matcher(job);
      if (matcher.matches()) {
        String workload = filled(rule.workload, matcher, labels);
        String owner = filled(rule.owner, matcher, labels);
        return spec(
            workload.isEmpty() ? "slurm/" + job : workload,
            owner.isEmpty() ? user : owner,
            rule,
            filled(rule.engineGroup, matcher, labels),
            filled(rule.model, matcher, labels));
      }
    }
    Rule plain = new Rule(Pattern.compile(""), "", "", "batch", "both", "", "", 0, 1);
    return spec("slurm/" + job, user, plain, "", "");
  }

  /** What is wrong with a text of a rule; "" = nothing. */
  public static String problem(String text, Pattern job) {
    try {
      // A pattern with another way to match anything shows which groups there are.
      Matcher any = Pattern.compile("(?:" + job.pattern() + ")|(?s:.*)").matcher("");
      any.replaceFirst(text);
      return "";
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return "expected text with groups of job as $1 or ${name}: " + e.getMessage();
    }
  }

  private static BindingSpec spec(
      String workload, String owner, Rule rule, String group, String model) {
    return new BindingSpec(
        workload,
        owner,
        rule.kind,
        rule.role,
        "generate",
        model,
        "",
        Optional.empty(),
        List.of(),
        rule.members,
        group,
        rule.boardsRequired,
        "");
  }

  private static String filled(String text, Matcher matcher, Map<String, String> labels) {
    return matcher
        .replaceFirst(text)
        .replace("{user}", labels.getOrDefault("job_user", ""))
        .replace("{partition}", labels.getOrDefault("job_partition", ""));
  }
}
