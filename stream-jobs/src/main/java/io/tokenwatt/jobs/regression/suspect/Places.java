package io.tokenwatt.jobs.regression.suspect;

/** Scopes: the same words for all series that one cause may act on. */
final class Places {
  private Places() {}

  /** Boards of one kind in a region, whatever runs on them. */
  static String hardware(Scene scene) {
    return scene.series.hardware() + " in " + scene.series.region();
  }

  /** A workload in a region, whatever it runs on. */
  static String workload(Scene scene) {
    return scene.series.workload() + " in " + scene.series.region();
  }

  /** One node of a region. */
  static String node(Scene scene, String node) {
    return node + " in " + scene.series.region();
  }
}
