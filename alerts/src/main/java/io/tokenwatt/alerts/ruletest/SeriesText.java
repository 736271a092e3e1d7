package io.tokenwatt.alerts.ruletest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of one column over time, in promtool's notation: {@code 1 2 _ 3} with {@code _} = no
 * row; {@code 5x3} = 5 and three more times 5; {@code 1+2x3} = 1 3 5 7; {@code 9-1x2} = 9 8 7;
 * {@code _x4} = four times no row. Pure.
 */
final class SeriesText {
  private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
  private static final Pattern ITEM =
      Pattern.compile("(_|" + NUMBER + ")(?:([+-]\\d+(?:\\.\\d+)?)?x(\\d{1,6}))?");

  private SeriesText() {}

  /**
   * @return null where there is no row
   * @throws IllegalArgumentException that says what was expected
   */
  static List<BigDecimal> parse(String text) {
    List<BigDecimal> values = new ArrayList<>();
    for (String item : text.strip().split("\\s+")) {
      Matcher matcher = ITEM.matcher(item);
      if (!matcher.matches() || (item.startsWith("_") && matcher.group(2) != null)) {
        throw new IllegalArgumentException(
            "expected values such as \"1 2 _ 5x3 1+2x10 _x4\", not " + item);
      }
      add(matcher, values);
    }
    return values;
  }

  private static void add(Matcher item, List<BigDecimal> values) {
    int times = item.group(3) == null ? 0 : Integer.parseInt(item.group(3));
    if (item.group(1).equals("_")) {
      for (int i = 0; i < Math.max(1, times); i++) {
        values.add(null);
      }
      return;
    }
    BigDecimal value = new BigDecimal(item.group(1));
    BigDecimal step = item.group(2) == null ? BigDecimal.ZERO : new BigDecimal(item.group(2));
    for (int i = 0; i <= times; i++) {
      values.add(value);
      value = value.add(step);
    }
  }
}
