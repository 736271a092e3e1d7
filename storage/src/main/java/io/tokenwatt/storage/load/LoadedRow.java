package io.tokenwatt.storage.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One entry of one table.
 *
 * @param place file and line, for messages
 * @param values in the order of the table's fields, see {@link FieldType}; may hold nulls
 */
public record LoadedRow(LoadedTable table, String place, List<Object> values) {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** An entry made by a program; fields that are not given are what a missing column means. */
  public static LoadedRow of(LoadedTable table, Map<String, Object> given) {
    List<Object> values = new ArrayList<>();
    for (Field field : table.fields()) {
      boolean there = given.containsKey(field.name());
      values.add(there ? given.get(field.name()) : field.type().parse(field.missing()));
    }
    return new LoadedRow(table, "", values);
  }

  boolean has(String field) {
    return table.fields().stream().anyMatch(f -> f.name().equals(field));
  }

  /** The value of a field. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // a row holds what its table says
  <T> T get(String field, Class<T> type) {
    for (int i = 0; i < values.size(); i++) {
      if (table.fields().get(i).name().equals(field)) {
        return type.cast(values.get(i));
      }
    }
    throw new IllegalArgumentException(table + " has no field " + field);
  }

  String text(String field) {
    return get(field, String.class);
  }

  Instant time(String field) {
    return get(field, Instant.class);
  }

  /** What identifies the entry: two rows with one key are one entry. */
  public String key() {
    return IntStream.range(0, values.size())
        .filter(i -> table.fields().get(i).key())
        .mapToObj(i -> canonical(values.get(i)))
        .collect(Collectors.joining(" "));
  }

  /** All values as ClickHouse's toString() would write them. */
  public List<String> canonical() {
    return values.stream().map(LoadedRow::canonical).toList();
  }

  private static String canonical(Object value) {
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Double number) {
      return canonical(BigDecimal.valueOf(number));
    }
    if (value instanceof List<?> names) {
      return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof Instant time
        ? SECONDS.format(time)
        : value == null ? "" : value.toString();
  }
}
