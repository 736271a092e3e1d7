package io.tokenwatt.alerts.grafana;

import static io.tokenwatt.alerts.grafana.Rendered.map;
import static io.tokenwatt.alerts.grafana.Rendered.maps;
import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.alerts.AlertsDatabase;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.Sample;
import io.tokenwatt.alerts.incident.Reading;
import io.tokenwatt.alerts.ruletest.RuleTest;
import io.tokenwatt.alerts.ruletest.RuleTestRun;
import io.tokenwatt.alerts.ruletest.Scratch;
import io.tokenwatt.alerts.ruletest.TestFiles;
import io.tokenwatt.storage.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Grafana's SQL, its macros expanded as the data source does, finds on a real ClickHouse what our
 * own evaluation finds, under the same keys.
 */
class RenderedSqlTest {
  private static final Path TESTS =
      Path.of(System.getProperty("tokenwatt.root"), "alerts", "rules", "tests");

  @Test
  void findsTheSameUnderTheSameKeysAsTheEvaluator() {
    Map<String, RuleTest> firing = new LinkedHashMap<>();
    TestFiles.in(TESTS).stream()
        .filter(test -> !test.silent())
        .forEach(test -> firing.putIfAbsent(test.rule(), test));
    Set<String> compared = new HashSet<>();
    try (Scratch scratch = new Scratch(AlertsDatabase.config());
        RuleTestRun run = new RuleTestRun(scratch, RuleFiles.shipped());
        Store store = Store.readOnly(scratch.config())) {
      for (RuleTest test : firing.values()) {
        run.run(
            test,
            (rule, samples, at) -> {
              if (samples.stream().anyMatch(s -> s.reading() == Reading.BAD)
                  && compared.add(rule.name())) {
                assertThat(rendered(store, rule, at)).as(rule.name()).isEqualTo(own(samples));
              }
            });
      }
    }
    assertThat(compared)
        .containsExactlyInAnyOrderElementsOf(RuleFiles.shipped().stream().map(Rule::name).toList());
  }

  private static Set<List<Object>> own(List<Sample> samples) {
    Set<List<Object>> found = new HashSet<>();
    for (Sample sample : samples) {
      if (sample.reading() == Reading.BAD) {
        found.add(List.of(sample.dedupKey(), sample.labels(), sample.value()));
      }
    }
    return found;
  }

  private static Set<List<Object>> rendered(Store store, Rule rule, Instant at) {
    Map<String, Object> query =
        maps(
                Rendered.rules().stream()
                    .filter(r -> r.get("title").equals(rule.name()))
                    .findFirst()
                    .orElseThrow(),
                "data")
            .get(0);
    // Grafana evaluates at any second.
    long now = at.getEpochSecond() + 3;
    Map<String, Object> range = map(query, "relativeTimeRange");
    String sql =
        ((String) map(query, "model").get("rawSql"))
            .replace("$__fromTime", "toDateTime(" + (now - (Integer) range.get("from")) + ")")
            .replace("$__toTime", "toDateTime(" + (now - (Integer) range.get("to")) + ")");
    Set<List<Object>> found = new HashSet<>();
    for (GenericRecord row : store.rows(sql)) {
      double value = row.getDouble("value");
      if (rule.threshold().passedBy(value)) {
        Map<String, String> labels = new LinkedHashMap<>();
        rule.labels().forEach(label -> labels.put(label, row.getString(label)));
        found.add(new ArrayList<>(List.of(row.getString("dedup_key"), labels, value)));
      }
    }
    return found;
  }
}
