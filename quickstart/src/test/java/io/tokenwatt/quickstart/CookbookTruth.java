package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.quickstart.documents.Cookbook;
import io.tokenwatt.quickstart.documents.Cookbook.Question;
import io.tokenwatt.storage.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** docs/sql-cookbook.md: what it tells people to paste answers on a store that has run. */
interface CookbookTruth extends RunOfQuickstart {
  @TestFactory
  default Stream<DynamicTest> everyQuestionOfTheCookbookIsAnswered() throws IOException {
    return Cookbook.questions().stream()
        .map(q -> DynamicTest.dynamicTest(q.title(), () -> answered(q)));
  }

  private void answered(Question question) {
    List<GenericRecord> rows;
    try {
      rows = run().store().rows(question.sql());
    } catch (StoreException e) {
      throw new AssertionError("docs/sql-cookbook.md, " + question.title(), e);
    }
    if (!question.mayBeEmpty()) {
      assertThat(rows).as(question.title()).isNotEmpty();
    }
  }
}
