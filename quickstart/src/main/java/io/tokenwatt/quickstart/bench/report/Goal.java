package io.tokenwatt.quickstart.bench.report;

import java.util.Locale;

/** What a figure should be; ratios are ours divided by the peer's. */
public record Goal(Kind kind, double bound) {
  /** No goal: the figure is told for its own sake. */
  public static final Goal NONE = new Goal(Kind.NONE, 0);

  /** How the bound is meant. */
  public enum Kind {
    NONE,
    AT_MOST,
    AT_LEAST,
    RATIO_AT_MOST,
    RATIO_AT_LEAST
  }

  public static Goal atMost(double bound) {
    return new Goal(Kind.AT_MOST, bound);
  }

  public static Goal atLeast(double bound) {
    return new Goal(Kind.AT_LEAST, bound);
  }

  public static Goal ratioAtMost(double bound) {
    return new Goal(Kind.RATIO_AT_MOST, bound);
  }

  public static Goal ratioAtLeast(double bound) {
    return new Goal(Kind.RATIO_AT_LEAST, bound);
  }

  String text(String unit) {
    String number = TextTable.cell(bound);
    return switch (kind) {
      case NONE -> null;
      case AT_MOST -> ("≤ " + number + " " + unit).strip();
      case AT_LEAST -> ("≥ " + number + " " + unit).strip();
      case RATIO_AT_MOST -> "≤ " + number + " × peer";
      case RATIO_AT_LEAST -> "≥ " + number + " × peer";
    };
  }

  /** "yes", "NO: …" with how far it is off, "unknown: …", or null where there is no goal. */
  String met(Figure figure) {
    if (kind == Kind.NONE) {
      return null;
    }
    if (figure.ours() == null) {
      return "unknown: not measured";
    }
    boolean ratio = kind == Kind.RATIO_AT_MOST || kind == Kind.RATIO_AT_LEAST;
    Double got = ratio ? figure.ratio() : Double.valueOf(figure.ours().median());
    if (got == null) {
      return "unknown: no peer";
    }
    boolean most = kind == Kind.AT_MOST || kind == Kind.RATIO_AT_MOST;
    if (most ? got <= bound : got >= bound) {
      return "yes";
    }
    return String.format(Locale.ROOT, "NO: %.2f times the goal", got / bound);
  }
}
