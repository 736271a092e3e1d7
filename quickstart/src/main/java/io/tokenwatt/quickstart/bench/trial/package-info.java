/** Scenarios: what is done to a series, what the detector and the references make of it. */
package io.tokenwatt.quickstart.bench.trial;
