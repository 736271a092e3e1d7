package io.tokenwatt.storage.report;

import java.util.List;
import java.util.Optional;

/** All reports, in the order in which they are listed. */
public final class Reports {
  public static final List<Report> ALL = List.of();

  private Reports() {}

  static Optional<Report> named(String name) {
    return ALL.stream().filter(report -> report.name().equals(name)).findFirst();
  }
}
