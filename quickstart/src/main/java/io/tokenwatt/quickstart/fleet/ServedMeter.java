package io.tokenwatt.quickstart.fleet;

/**
 * What one scrape of a machine's meter was given.
 *
 * @param atMs when, Unix ms; the reading is up to 3 s old
 * @param energyMj since the meter was reset
 * @param watts at its last reading
 */
public record ServedMeter(long atMs, long energyMj, long watts) {}
