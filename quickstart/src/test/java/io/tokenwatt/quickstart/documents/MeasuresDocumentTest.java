package io.tokenwatt.quickstart.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.LatencyMeasure;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.quickstart.TestStore;
import io.tokenwatt.quickstart.documents.ColumnRows.Told;
import io.tokenwatt.storage.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/measures.md against the schema of a real ClickHouse. */
class MeasuresDocumentTest {
  private static final String NAME = "docs/measures.md";

  private static Store store;
  private static Relations relations;

  @BeforeAll
  static void open() {
    store = new Store(TestStore.config());
    relations = new Relations(store);
  }

  @AfterAll
  static void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void tablesAreToldAsTheSchemaTellsThem() throws IOException {
    Document.of(NAME).hasGenerated(MeasuresText.of(relations.tables()));
  }

  @Test
  void everyColumnHasItsRowAndEveryRowItsColumn() throws IOException {
    Map<String, List<Told>> told = ColumnRows.of(Document.of(NAME));
    Map<String, Map<String, Boolean>> views = new TreeMap<>();
    relations.views().forEach(view -> views.put(view, relations.columnsOfView(view)));
    Map<String, Collection<String>> there = new TreeMap<>();
    views.forEach((view, columns) -> there.put(view, columns.keySet()));
    relations
        .tables()
        .forEach(
            t -> there.put(t.name(), t.columns().stream().map(Relations.Column::name).toList()));
    assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(there.keySet());
    assertThat(there).hasSizeGreaterThan(60);
    SoftAssertions all = new SoftAssertions();
    there.forEach(
        (name, columns) ->
            all.assertThat(told.get(name))
                .as(name)
                .extracting(Told::column)
                .containsExactlyInAnyOrderElementsOf(columns));
    views.forEach(
        (view, columns) ->
            told.get(view).stream()
                .filter(row -> !row.whenNull().isEmpty() && columns.containsKey(row.column()))
                .forEach(
                    row ->
                        all.assertThat(row.whenNull().startsWith("never"))
                            .as("%s.%s is never NULL, says the document", view, row.column())
                            .isEqualTo(!columns.get(row.column()))));
    all.assertAll();
  }

  @Test
  void everyReadingIsToldOfWithWhatIsMadeOfIt() throws IOException {
    String text = Document.of(NAME).text();
    List<String> readings =
        Stream.<Enum<?>[]>of(
                GpuMetric.values(),
                EngineMetric.values(),
                LatencyMeasure.values(),
                NodeMetric.values())
            .flatMap(Arrays::stream)
            .map(Enum::name)
            .filter(name -> !name.endsWith("UNSPECIFIED") && !name.equals("UNRECOGNIZED"))
            .map(name -> "`" + name + "`")
            .toList();
    assertThat(readings).hasSizeGreaterThan(50);
    assertThat(text).contains(readings);
  }
}
