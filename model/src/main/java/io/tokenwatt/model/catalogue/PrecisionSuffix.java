package io.tokenwatt.model.catalogue;

import java.util.List;

/** One suffix row: an ending of checkpoint names, and the precision it tells ("" = none). */
record PrecisionSuffix(String ending, String precision) {

  /**
   * @throws IllegalArgumentException where the ending is empty or holds a star
   */
  PrecisionSuffix {
    if (ending.isEmpty() || ending.contains("*")) {
      throw new IllegalArgumentException("a suffix needs an ending, without *");
    }
  }

  /**
   * Takes suffixes off the end for as long as one fits and something is left. The outermost
   * precision counts: of "-gptq-int8" that is int8.
   */
  static ModelName strip(String segment, List<PrecisionSuffix> suffixes) {
    String name = segment;
    String precision = "";
    for (PrecisionSuffix suffix = fitting(name, suffixes);
        suffix != null;
        suffix = fitting(name, suffixes)) {
      name = name.substring(0, name.length() - suffix.ending().length());
      precision = precision.isEmpty() ? suffix.precision() : precision;
    }
    return new ModelName(name, precision);
  }

  private static PrecisionSuffix fitting(String name, List<PrecisionSuffix> suffixes) {
    for (PrecisionSuffix suffix : suffixes) {
      if (name.length() > suffix.ending().length() && name.endsWith(suffix.ending())) {
        return suffix;
      }
    }
    return null;
  }
}
