package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.schema.SteppedSql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a view for pictures at random, once as it is and once written out with what is asked for
 * alone: both must answer the same.
 *
 * @param keys columns that tell the view's rows apart, besides time and the dimensions asked for
 * @param dimensions that it can group by
 * @param choices the parameters that choose, and values for them
 * @param tolerance relative, for sums of fractions, which are added in any order; 0 = to the bit
 */
record NarrowSame(
    TestDatabase database,
    String view,
    List<String> keys,
    List<String> dimensions,
    List<String> choices,
    double tolerance) {
  private static final int MOST = 200;
  private static final List<Integer> STEPS = List.of(0, 7, 10, 60, 61, 3600);

  /**
   * Asks so many times, and on until some answer has rows: most random choices leave none.
   *
   * @return how many rows were compared
   */
  int check(Random random, int times) {
    List<String> columns =
        database
            .store()
            .rows(
                "DESCRIBE TABLE (SELECT * FROM %s.%s)"
                    .formatted(database.config().database(), call(random, List.of())))
            .stream()
            .map(row -> row.getString("name"))
            .filter(name -> !notAsked().contains(name))
            .collect(Collectors.toCollection(ArrayList::new));
    assertThat(columns).hasSizeGreaterThan(8);
    int rows = 0;
    for (int i = 0; i < times || rows == 0 && i < MOST; i++) {
      Collections.shuffle(columns, random);
      rows += check(random, columns.subList(0, 1 + random.nextInt(5)));
    }
    return rows;
  }

  private int check(Random random, List<String> columns) {
    List<String> by = dimensions.stream().filter(d -> random.nextInt(3) == 0).toList();
    List<String> all = Stream.of(List.of("time"), by, keys, columns).flatMap(List::stream).toList();
    String shown =
        all.stream()
            .map("ifNull(toString(%s), 'NULL')"::formatted)
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT arrayStringConcat([%s], '\\t') AS line FROM %s%s ORDER BY line"
            .formatted(shown, "%s", call(random, by));
    List<List<String>> whole = lines(sql.formatted(database.config().database() + "."));
    List<List<String>> narrow =
        lines(SteppedSql.narrow(sql.formatted(""), database.config().database()));
    assertThat(narrow).as(sql).hasSameSizeAs(whole);
    for (int i = 0; i < whole.size(); i++) {
      for (int c = 0; c < all.size(); c++) {
        if (!close(whole.get(i).get(c), narrow.get(i).get(c))) {
          assertThat(narrow.get(i)).as(sql + "\nrow " + i).isEqualTo(whole.get(i));
        }
      }
    }
    return whole.size();
  }

  private List<List<String>> lines(String sql) {
    return database.store().rows(sql).stream()
        .map(row -> List.of(row.getString(1).split("\t", -1)))
        .toList();
  }

  private boolean close(String a, String b) {
    return a.equals(b)
        || tolerance > 0
            && (a + b).matches("[-+.0-9e]+")
            && Math.abs(Double.parseDouble(a) - Double.parseDouble(b))
                <= tolerance * Math.abs(Double.parseDouble(a));
  }

  private String call(Random random, List<String> by) {
    long now = System.currentTimeMillis() / 1000;
    String groups = dimensions.isEmpty() ? "" : "by = [" + quoted(by) + "], ";
    String chosen =
        choices.stream()
            .map(
                choice -> {
                  String[] one = choice.split("=", -1);
                  return one[0]
                      + " = "
                      + List.of("['*']", "[]", "['" + one[1] + "']").get(random.nextInt(3));
                })
            .collect(Collectors.joining(", "));
    return "%s(interval_s = %d, since = toDateTime(%d), until = toDateTime(%d), %s%s)"
        .formatted(
            view,
            STEPS.get(random.nextInt(STEPS.size())),
            now - 3_600 - random.nextInt(20_000),
            now + 60,
            groups,
            chosen);
  }

  private List<String> notAsked() {
    return Stream.of(List.of("time"), keys, dimensions).flatMap(List::stream).toList();
  }

  private static String quoted(List<String> names) {
    return names.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
  }
}
