package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents say what is there. */
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("tokenwatt.root"));
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

  @Test
  void everyLinkToAFileResolves() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      String prose = FENCED.matcher(Files.readString(document)).replaceAll("");
      LINK.matcher(prose)
          .results()
          .map(link -> link.group(1))
          .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
          .filter(target -> !Files.exists(document.resolveSibling(target)))
          .forEach(target -> broken.add(ROOT.relativize(document) + " -> " + target));
    }
    assertThat(broken).as("links to files that are not there").isEmpty();
  }

  @Test
  void architectureIsReadInOneSitting() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("ARCHITECTURE.md"))).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void architectureNamesEveryModule() throws IOException {
    List<String> modules =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(MatchResult::group)
            .map(element -> element.replaceAll("</?module>", ""))
            .toList();
    assertThat(modules).isNotEmpty();
    assertThat(Files.readString(ROOT.resolve("ARCHITECTURE.md"))).contains(modules);
  }

  @Test
  void continuousIntegrationRunsTheReadmesTestCommand() throws IOException {
    String command = "mvn -B verify\n";
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("\n" + command);
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("\n" + command);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(
              file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|node_modules)/.*"))
          .toList();
    }
  }
}
