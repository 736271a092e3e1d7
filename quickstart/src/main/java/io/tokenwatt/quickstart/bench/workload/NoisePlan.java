package io.tokenwatt.quickstart.bench.workload;

/**
 * @param sigma standard deviation of the logarithm per 10 s window
 * @param phi correlation of one window with the next, in [0, 1)
 * @param heavyTails whether single windows stray by 3 to 8 sigma now and then
 */
public record NoisePlan(double sigma, double phi, boolean heavyTails) {}
