package io.tokenwatt.quickstart.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One Markdown document of this repository. */
public record Document(Path path, String text) {
  public static final Path ROOT = Path.of(System.getProperty("tokenwatt.root"));

  private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```\\w*\n(.*?)^\\1```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
  private static final Pattern GENERATED =
      Pattern.compile("(?s)(<!-- generated -->\n).*(<!-- end of generated -->)");

  /**
   * @param name path below the root
   */
  public static Document of(String name) throws IOException {
    Path path = ROOT.resolve(name);
    return new Document(path, Files.readString(path));
  }

  /** All of them, those of build folders left out. */
  public static List<Document> all() throws IOException {
    List<Document> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(Document::isOurs).sorted().toList()) {
        documents.add(new Document(file, Files.readString(file)));
      }
    }
    return documents;
  }

  private static boolean isOurs(Path file) {
    String name = ROOT.relativize(file).toString();
    return name.endsWith(".md") && !name.matches("(.*/)?(target|node_modules)/.*");
  }

  public String name() {
    return ROOT.relativize(path).toString();
  }

  /** Without what is fenced. */
  public String prose() {
    return FENCED.matcher(text).replaceAll("");
  }

  /** What is fenced, in any language. */
  public List<String> fenced() {
    return FENCED.matcher(text).results().map(block -> block.group(2)).toList();
  }

  /** What {@code #…} of a link may name, as GitHub makes it from headings. */
  public Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher headings = HEADING.matcher(prose());
    while (headings.find()) {
      String slug = slug(headings.group(1));
      int before = seen.merge(slug, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? slug : slug + "-" + before);
    }
    return anchors;
  }

  private static String slug(String heading) {
    return heading
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  /** Its part between the two marks is this; with -Dtokenwatt.write=true it is written instead. */
  void hasGenerated(String part) throws IOException {
    assertThat(text).as(name() + " has marks").containsPattern(GENERATED);
    String wanted =
        GENERATED.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(part) + "$2");
    if (Boolean.getBoolean("tokenwatt.write")) {
      Files.writeString(path, wanted);
      return;
    }
    assertThat(text)
        .as("%s is outdated: run its test with -Dtokenwatt.write=true, commit", name())
        .isEqualTo(wanted);
  }
}
