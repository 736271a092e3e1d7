package io.tokenwatt.quickstart.documents;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of docs/exporters.md that the files of exporters.d tell. */
final class ExportersText {
  private final List<ExporterFile> all;

  private ExportersText(List<ExporterFile> all) {
    this.all = all;
  }

  static String of(List<ExporterFile> all) {
    return new ExportersText(all).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder("\n## What is read\n\n");
    text.append("| exporter | kind | names | real pages in the tests | found by discovery at |\n");
    text.append("|---|---|---|---|---|\n");
    for (ExporterFile e : all) {
      text.append(
          "| [%s](#%s) | `%s` | %s | %s | %s |\n"
              .formatted(
                  e.product(),
                  e.kind(),
                  e.kind(),
                  e.versions(),
                  e.dumps().isEmpty() ? "none" : Integer.toString(e.dumps().size()),
                  e.detected() ? e.target() : "never: name the kind"));
    }
    text.append(matrix("Boards", "GPU_"));
    text.append(matrix("Engines: counters and gauges", "ENGINE_"));
    text.append(matrix("Engines: latency histograms", "LATENCY_"));
    text.append(matrix("Machines", "NODE_"));
    text.append("\n## Caveats and names\n");
    all.forEach(e -> text.append(section(e)));
    return text + "\n";
  }

  /** Readings of one prefix by exporter. */
  private String matrix(String title, String prefix) {
    List<ExporterFile> tell =
        all.stream()
            .filter(e -> e.names().keySet().stream().anyMatch(r -> r.startsWith(prefix)))
            .toList();
    List<String> readings =
        tell.stream()
            .flatMap(e -> e.names().keySet().stream())
            .filter(r -> r.startsWith(prefix))
            .distinct()
            .sorted()
            .toList();
    StringBuilder text = new StringBuilder("\n### ").append(title).append("\n\n");
    text.append(line("reading", tell, e -> "`" + e.kind() + "`"));
    text.append("|---".repeat(tell.size() + 1)).append("|\n");
    for (String reading : readings) {
      text.append(line("`" + reading + "`", tell, e -> cell(e, reading)));
    }
    return text.toString();
  }

  private String cell(ExporterFile exporter, String reading) {
    if (exporter.atFinish().contains(reading)) {
      return "at finish";
    }
    if (exporter.names().containsKey(reading)) {
      return "yes";
    }
    boolean included =
        all.stream()
            .filter(e -> exporter.includes().contains(e.kind()))
            .anyMatch(e -> e.names().containsKey(reading));
    return included ? "re-exported" : "–";
  }

  private static String line(
      String first, List<ExporterFile> tell, Function<ExporterFile, String> cell) {
    return "| " + first + tell.stream().map(cell).collect(Collectors.joining(" | ", " | ", " |\n"));
  }

  private static String section(ExporterFile e) {
    StringBuilder text = new StringBuilder("\n### %s\n\n".formatted(e.kind()));
    text.append(e.product()).append(".\n\n");
    e.caveats().forEach(caveat -> text.append("- ").append(caveat).append("\n"));
    if (!e.prefixes().isEmpty()) {
      text.append("- Before each name below stands one of: ").append(quoted(e.prefixes()));
      text.append(".\n");
    }
    if (!e.includes().isEmpty()) {
      text.append("- Re-exported metrics of these kinds go before its own: ");
      text.append(quoted(e.includes())).append(".\n");
    }
    if (e.names().isEmpty()) {
      return text.toString();
    }
    text.append("\n| reading | its names, the first that has a value counts |\n|---|---|\n");
    e.names()
        .forEach(
            (reading, names) ->
                text.append("| `%s` | %s |\n".formatted(reading, String.join(", ", names))));
    return text.toString();
  }

  private static String quoted(List<String> words) {
    return words.stream()
        .map(word -> word.isEmpty() ? "nothing" : "`" + word + "`")
        .collect(Collectors.joining(", "));
  }
}
