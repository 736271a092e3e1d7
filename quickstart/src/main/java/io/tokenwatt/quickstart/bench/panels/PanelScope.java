package io.tokenwatt.quickstart.bench.panels;

import io.tokenwatt.quickstart.bench.report.Goal;
import java.util.List;

/** How much of the store a panel is asked for, and how long it may take. */
enum PanelScope {
  ONE_KEY("24 h, one key", 86_400, 10),
  ALL_KEYS("7 d, all keys", 7 * 86_400, 50);

  static final String REGION = "us-east";
  static final String HARDWARE = "H200";
  static final String MODEL = "model-4";

  private static final String NODE = "node-00003";

  private final String text;
  private final int seconds;
  private final double goalMs;

  PanelScope(String text, int seconds, double goalMs) {
    this.text = text;
    this.seconds = seconds;
    this.goalMs = goalMs;
  }

  String text() {
    return text;
  }

  int seconds() {
    return seconds;
  }

  /** Values of a dashboard's variable; empty = All. */
  List<String> chosen(String variable) {
    return switch (this) {
      case ALL_KEYS -> List.of();
      case ONE_KEY ->
          switch (variable) {
            case "region" -> List.of(REGION);
            case "hardware" -> List.of(HARDWARE);
            case "model" -> List.of(MODEL);
            case "node" -> List.of(NODE);
            default -> List.of();
          };
    };
  }

  double goalMs() {
    return goalMs;
  }

  Goal goal() {
    return Goal.atMost(goalMs);
  }
}
