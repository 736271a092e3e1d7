package io.tokenwatt.quickstart.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.quickstart.documents.Cookbook.Question;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Its statements run in QuickstartTruthTest, on the store of a quickstart. */
class CookbookTest {
  @Test
  void twentyQuestionsEachWithItsReadingAndItsCaveats() throws IOException {
    List<Question> questions = Cookbook.questions();
    assertThat(questions).hasSize(20);
    String text = Document.of("docs/sql-cookbook.md").text();
    assertThat(text.split("```sql", -1)).as("statements outside a question").hasSize(21);
    for (Question question : questions) {
      assertThat(question.text())
          .as(question.title())
          .contains("**Read it.** ")
          .contains("**Beware.** ");
    }
    assertThat(questions).filteredOn(Question::mayBeEmpty).hasSizeLessThanOrEqualTo(2);
  }
}
