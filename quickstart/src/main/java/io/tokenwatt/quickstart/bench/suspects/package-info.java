/**
 * Physical causes of random size on simulated nodes, seen through exporters' text alone: who is
 * suspected first.
 */
package io.tokenwatt.quickstart.bench.suspects;
