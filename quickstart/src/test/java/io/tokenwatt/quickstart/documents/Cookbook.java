package io.tokenwatt.quickstart.documents;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The questions of docs/sql-cookbook.md. */
public final class Cookbook {
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## (\\d+\\. [^\n]+)\n\n```sql\n(.*?)^```\n(.*?)(?=^## |\\z)");

  private Cookbook() {}

  /**
   * @param text what follows the statement
   */
  public record Question(String title, String sql, String text) {
    /** Needs more than a minute of a fleet, as the document says. */
    public boolean mayBeEmpty() {
      return text.contains("Empty on a fresh quickstart");
    }
  }

  public static List<Question> questions() throws IOException {
    return SECTION
        .matcher(Document.of("docs/sql-cookbook.md").text())
        .results()
        .map(Cookbook::question)
        .toList();
  }

  private static Question question(MatchResult section) {
    return new Question(section.group(1), section.group(2), section.group(3));
  }
}
