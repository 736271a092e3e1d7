package io.tokenwatt.alerts;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.alerts.incident.Reading;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates rules, each with one query. The connection cannot write ({@link Store#readOnly}),
 * whatever a rule's SQL says. Not thread-safe.
 */
public final class Evaluator implements AutoCloseable {
  private static final long WINDOW_S = 10;

  private final Store store;

  /**
   * @throws StoreException if ClickHouse does not answer
   */
  public Evaluator(StoreConfig config) {
    store = Store.readOnly(config);
  }

  /**
   * A rule that fails is told in the result and keeps no other from running.
   *
   * @param now what the ranges of all rules end before; the past may be asked for too
   */
  public Evaluation evaluate(List<Rule> rules, Instant now) {
    List<Finding> findings = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (Rule rule : rules) {
      try {
        samples(rule, now).stream()
            .filter(sample -> sample.reading() == Reading.BAD)
            .map(Sample::finding)
            .forEach(findings::add);
      } catch (StoreException | IllegalArgumentException e) {
        failures.add(new Failure(rule, e.getMessage()));
      }
    }
    return new Evaluation(rules, findings, failures);
  }

  /**
   * All rows of a rule's answer, good ones too: what is not among them is missing.
   *
   * @param now what the rule's range ends before; the past may be asked for too
   * @throws StoreException if ClickHouse does not answer or refuses the SQL
   * @throws IllegalArgumentException if a column of the rule is not in the answer
   */
  public List<Sample> samples(Rule rule, Instant now) {
    List<Sample> samples = new ArrayList<>();
    for (GenericRecord row : store.rows(rule.sql(), parameters(rule, now))) {
      double value = has(row, "value") ? row.getDouble("value") : Double.NaN;
      samples.add(new Sample(rule, labels(rule, row), details(rule, row), value));
    }
    return samples;
  }

  private static Map<String, Object> parameters(Rule rule, Instant now) {
    long settled = now.minus(rule.timing().settle()).getEpochSecond();
    long to = settled - Math.floorMod(settled, WINDOW_S);
    Map<String, Object> parameters = new HashMap<>();
    rule.parameters().forEach((name, value) -> parameters.put(name, String.valueOf(value)));
    parameters.put("from", String.valueOf(to - rule.timing().over().toSeconds()));
    parameters.put("to", String.valueOf(to));
    return parameters;
  }

  private static Map<String, String> labels(Rule rule, GenericRecord row) {
    Map<String, String> labels = new LinkedHashMap<>();
    rule.labels().forEach(label -> labels.put(label, has(row, label) ? row.getString(label) : ""));
    return labels;
  }

  private static Map<String, String> details(Rule rule, GenericRecord row) {
    Map<String, String> details = new LinkedHashMap<>();
    for (String detail : rule.details()) {
      boolean known = has(row, detail);
      boolean real = known && row.getObject(detail) instanceof Double;
      details.put(
          detail,
          !known ? "" : real ? NumberText.of(row.getDouble(detail)) : row.getString(detail));
    }
    return details;
  }

  /** Whether the column is not NULL; hasValue alone says the same of one that is not there. */
  private static boolean has(GenericRecord row, String column) {
    if (row.hasValue(column)) {
      return true;
    }
    try {
      row.getString(column);
      return false;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("its SQL returns no column " + column, e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
