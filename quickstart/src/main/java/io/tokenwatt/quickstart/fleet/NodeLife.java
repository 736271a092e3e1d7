package io.tokenwatt.quickstart.fleet;

/** When a node is there: in [fromUs, toUs), event time. */
record NodeLife(long fromUs, long toUs) {
  /**
   * Spot nodes go when the engine that crashes does, and others come when it is back.
   *
   * @param startUs where event time begins
   */
  static NodeLife of(NodeTraits.Life life, FleetOptions options, long startUs) {
    long goneUs = startUs + options.warmUp().plus(options.restartAfter()).toNanos() / 1000;
    return switch (life) {
      case ALWAYS -> new NodeLife(Long.MIN_VALUE, Long.MAX_VALUE);
      case TAKEN_AWAY -> new NodeLife(Long.MIN_VALUE, goneUs);
      case REPLACEMENT ->
          new NodeLife(goneUs + options.restartFor().toNanos() / 1000, Long.MAX_VALUE);
    };
  }

  boolean at(long nowUs) {
    return nowUs >= fromUs && nowUs < toUs;
  }
}
