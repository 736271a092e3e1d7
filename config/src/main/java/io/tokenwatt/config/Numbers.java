package io.tokenwatt.config;

/** Numbers as JSON writes them, with what was expected in the error. */
final class Numbers {
  private Numbers() {}

  static long whole(String text) {
    try {
      return Long.parseLong(text.strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number", e);
    }
  }

  static double finite(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number", e);
    }
    throw new IllegalArgumentException("expected a finite number");
  }
}
