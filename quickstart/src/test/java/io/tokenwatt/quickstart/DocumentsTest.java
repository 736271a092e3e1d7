package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.quickstart.documents.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents say what is there. */
class DocumentsTest {
  private static final Path ROOT = Document.ROOT;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]*))?\\)");

  private static final Pattern CITED = Pattern.compile("`([A-Z]\\w+Test)`");

  @Test
  void everyLinkToAFileResolves() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Document document : Document.all()) {
      LINK.matcher(document.prose())
          .results()
          .filter(link -> isOurs(link.group(1)))
          .filter(link -> !Files.exists(document.path().resolveSibling(link.group(1))))
          .forEach(link -> broken.add(document.name() + " -> " + link.group(1)));
    }
    assertThat(broken).as("links to files that are not there").isEmpty();
  }

  @Test
  void everyLinkToAHeadingResolves() throws IOException {
    Map<Path, Set<String>> anchors = new HashMap<>();
    for (Document document : Document.all()) {
      anchors.put(document.path(), document.anchors());
    }
    List<String> broken = new ArrayList<>();
    int read = 0;
    for (Document document : Document.all()) {
      for (MatchResult link : LINK.matcher(document.prose()).results().toList()) {
        if (link.group(2) != null && isOurs(link.group(1))) {
          read++;
          Path target = document.path();
          if (!link.group(1).isEmpty()) {
            target = target.resolveSibling(link.group(1)).normalize();
          }
          if (!anchors.getOrDefault(target, Set.of()).contains(link.group(2))) {
            broken.add(document.name() + " -> " + link.group(1) + "#" + link.group(2));
          }
        }
      }
    }
    assertThat(broken).as("links to headings that are not there").isEmpty();
    assertThat(read).isGreaterThan(40);
  }

  @Test
  void everyTestThatIsCitedIsThere() throws IOException {
    Set<String> there = new HashSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().contains("/src/test/"))
          .forEach(file -> there.add(file.getFileName().toString().replace(".java", "")));
    }
    List<String> missing = new ArrayList<>();
    for (Document document : Document.all()) {
      CITED
          .matcher(document.text())
          .results()
          .filter(test -> !there.contains(test.group(1)))
          .forEach(test -> missing.add(document.name() + " -> " + test.group(1)));
    }
    assertThat(missing).as("tests that documents cite and that are not there").isEmpty();
  }

  private static boolean isOurs(String target) {
    return !target.contains("://") && !target.startsWith("mailto:");
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
}
