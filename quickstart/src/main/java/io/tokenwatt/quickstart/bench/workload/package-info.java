/**
 * Pure: what serving engines and their boards do under recorded traffic, as the 10 s windows that
 * the detector judges. Everything is drawn from one seed, so a run can be repeated.
 */
package io.tokenwatt.quickstart.bench.workload;
