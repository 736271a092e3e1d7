package io.tokenwatt.storage.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * The hourly rate of an owned board: {@code capex / (months x 730) + opex per month / 730}. A month
 * is 730 h, a twelfth of 8,760. The rate does not depend on use: an idle board costs the same.
 */
final class OwnedRate {
  private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);

  private OwnedRate() {}

  static BigDecimal perGpuHour(BigDecimal capex, long months, BigDecimal opexPerMonth) {
    BigDecimal perMonth =
        capex.divide(BigDecimal.valueOf(months), 12, RoundingMode.HALF_UP).add(opexPerMonth);
    return perMonth.divide(HOURS_PER_MONTH, 6, RoundingMode.HALF_UP);
  }

  /** Computes per_gpu_hour from the parts where they are given instead. */
  static void fill(Map<String, String> texts, List<String> wrong) {
    String capex = texts.getOrDefault("capex_per_gpu", "");
    String months = texts.getOrDefault("amortise_months", "");
    String opex = texts.getOrDefault("opex_per_gpu_month", "");
    if (capex.isEmpty() && months.isEmpty() && opex.isEmpty()) {
      return;
    }
    if (!texts.getOrDefault("per_gpu_hour", "").isEmpty()) {
      wrong.add("give per_gpu_hour or its parts (capex_per_gpu, …), not both");
      return;
    }
    if (capex.isEmpty() || months.isEmpty()) {
      wrong.add("capex_per_gpu and amortise_months belong together");
      return;
    }
    try {
      long count = (Long) FieldType.MONTHS_OR_NONE.parse(months);
      if (count < 1 || count > 1200) {
        throw new IllegalArgumentException("lies between 1 and 1200 months");
      }
      BigDecimal rate =
          perGpuHour(
              (BigDecimal) FieldType.AMOUNT.parse(capex),
              count,
              opex.isEmpty() ? BigDecimal.ZERO : (BigDecimal) FieldType.AMOUNT.parse(opex));
      texts.put("per_gpu_hour", rate.toPlainString());
    } catch (IllegalArgumentException e) {
      wrong.add("capex_per_gpu, amortise_months, opex_per_gpu_month: a part " + e.getMessage());
    }
  }
}
