package io.tokenwatt.quickstart.fleet.physics;

/**
 * How the hour of the day moves the load: a sine between 0.6 and 1.4 that peaks at 15 h local time.
 *
 * @param dayUs length of a day; shorter than 24 h shows the cycle in a short run
 * @param offsetUs local time minus UTC
 */
public record Daylight(long dayUs, long offsetUs) {
  double factor(long atUs) {
    double day = (double) Math.floorMod(atUs + offsetUs, dayUs) / dayUs;
    return 1 + 0.4 * Math.cos(2 * Math.PI * (day - 15 / 24.0));
  }
}
