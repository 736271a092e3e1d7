package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.report.CsvText;
import io.tokenwatt.quickstart.bench.report.JsonText;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.report.TextTable;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all benchmarks understand. */
final class BenchOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Of each side, taking turns. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--quick", description = "Less of everything: not for figures to quote.")
  private boolean quick;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, json or csv; default: ${DEFAULT-VALUE}")
  private Format format;

  enum Format {
    TABLE,
    JSON,
    CSV
  }

  Benchmark.Plan plan() {
    if (rounds < 1) {
      throw new ParameterException(
          command.commandLine(), "--rounds is " + rounds + "; give at least 1");
    }
    return new Benchmark.Plan(rounds, quick);
  }

  boolean forPeople() {
    return format == Format.TABLE;
  }

  boolean quick() {
    return quick;
  }

  String print(List<Section> sections) {
    return switch (format) {
      case TABLE -> String.join("", sections.stream().map(TextTable::of).toList());
      case JSON -> JsonText.of(sections);
      case CSV -> CsvText.of(sections);
    };
  }
}
