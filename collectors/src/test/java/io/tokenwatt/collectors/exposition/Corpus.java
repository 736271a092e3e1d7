package io.tokenwatt.collectors.exposition;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Real inputs that lie beside the checkout, where they are there. */
final class Corpus {

  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\": (?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(true|false))");
  private static final Pattern SOURCE_ROW =
      Pattern.compile("^\\| (\\S+\\.prom) \\|.*?\\| (\\d+) \\| \\d+ \\| [0-9a-f]{16} \\|");

  private Corpus() {}

  /** A folder or file of the corpus; the test is skipped by name where it is absent. */
  static Path at(String path) {
    Path root = Path.of(System.getProperty("tokenwatt.root", "..")).toAbsolutePath();
    Path found = root.resolveSibling("shared/corpus").resolve(path).normalize();
    assumeTrue(Files.exists(found), "corpus is not beside the checkout: " + path);
    return found;
  }

  /** One line of a file of flat JSON objects. */
  record Case(int line, String test, String input, String error, boolean valid) {}

  static List<Case> cases(String path) throws IOException {
    List<String> lines = Files.readAllLines(at(path));
    return java.util.stream.IntStream.range(0, lines.size())
        .mapToObj(i -> read(i + 1, lines.get(i)))
        .toList();
  }

  private static Case read(int number, String json) {
    TreeMap<String, String> fields = new TreeMap<>();
    Matcher field = FIELD.matcher(json);
    while (field.find()) {
      fields.put(field.group(1), field.group(2) == null ? field.group(3) : plain(field.group(2)));
    }
    String input = fields.getOrDefault("input", fields.get("input_latin1"));
    return new Case(
        number,
        fields.get("test"),
        input,
        fields.get("error"),
        Boolean.parseBoolean(fields.get("valid")));
  }

  private static String plain(String escaped) {
    Matcher matcher = Pattern.compile("\\\\(u[0-9a-f]{4}|.)").matcher(escaped);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(meaning(found.group(1))));
  }

  private static String meaning(String escape) {
    return switch (escape.charAt(0)) {
      case 'u' -> Character.toString(Integer.parseInt(escape.substring(1), 16));
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      default -> escape;
    };
  }

  /** Samples of each exporter dump, as SOURCES.md states them. */
  static TreeMap<String, Integer> statedSamples() throws IOException {
    TreeMap<String, Integer> stated = new TreeMap<>();
    for (String line : Files.readAllLines(at("SOURCES.md"), StandardCharsets.UTF_8)) {
      Matcher row = SOURCE_ROW.matcher(line);
      if (row.find()) {
        stated.put(row.group(1), Integer.parseInt(row.group(2)));
      }
    }
    return stated;
  }
}
