/**
 * The simulated machines: boards that draw power and engines that batch requests. Pure: time comes
 * in as microseconds of event time, chance from a seed, and nothing here reads a clock or opens a
 * socket. The state at an instant depends on the seed and the instant alone, not on how often one
 * looked before.
 */
package io.tokenwatt.quickstart.fleet.physics;
