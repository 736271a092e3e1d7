package io.tokenwatt.quickstart.fleet.physics;

/**
 * Under what terms a step runs on a board: what its owner, its cooling, its neighbours and the
 * software leave of it.
 *
 * @param limitWatts power limit
 * @param clock the highest clock allowed, as a share of the full one
 * @param reasons of a clock below 1, NVML's bits; 0 = none is told
 * @param share of the board's time and bandwidth, in (0, 1]; the rest is a neighbour's
 * @param memory share of the memory's bandwidth that works, in (0, 1]
 * @param moved share of the traffic between boards that goes over PCIe instead of NVLink
 * @param kernels how many times longer the same work takes; 1 = as it was
 * @param launches how many times longer the host takes to launch it
 */
record Terms(
    double limitWatts,
    double clock,
    long reasons,
    double share,
    double memory,
    double moved,
    double kernels,
    double launches) {

  /** Nothing stands in the way. */
  static Terms free(double limitWatts) {
    return new Terms(limitWatts, 1, 0, 1, 1, 0, 1, 1);
  }

  /** The same with software that takes so many times longer. */
  Terms slower(double factor) {
    return new Terms(limitWatts, clock, reasons, share, memory, moved, kernels * factor, launches);
  }

  /** Of boards in step the worst decides. */
  Terms worst(Terms other) {
    Terms slower = other.clock < clock ? other : this;
    return new Terms(
        Math.min(limitWatts, other.limitWatts),
        slower.clock,
        slower.reasons,
        Math.min(share, other.share),
        Math.min(memory, other.memory),
        Math.max(moved, other.moved),
        Math.max(kernels, other.kernels),
        Math.max(launches, other.launches));
  }
}
