package io.tokenwatt.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlStatementsTest {
  @Test
  void semicolonsInQuotesAndCommentsEndNothing() {
    assertThat(
            SqlStatements.split(
                """
                -- first; comment
                CREATE TABLE a (`x;y` String COMMENT 'it''s; \\'quoted\\'') /* ; */;
                SELECT ";" ; SELECT 1 - -1;
                """))
        .containsExactly(
            "-- first; comment\nCREATE TABLE a (`x;y` String COMMENT 'it''s; \\'quoted\\'') /* ; */",
            "SELECT \";\"",
            "SELECT 1 - -1");
  }

  @Test
  void commentsAloneAndBlankLinesAreNoStatements() {
    assertThat(SqlStatements.split("-- nothing\n;;\n /* here */ \n")).isEmpty();
  }

  @Test
  void aStatementWithoutASemicolonAtTheEndCounts() {
    assertThat(SqlStatements.split("SELECT 1;\nSELECT 2")).containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void anOpenQuoteIsNamedByItsLine() {
    assertThatThrownBy(() -> SqlStatements.split("SELECT 1;\nSELECT 'a;\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> SqlStatements.split("/* open")).hasMessageContaining("*/");
  }
}
