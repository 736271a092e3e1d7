/** Series without any regression: how often the detector and the references cry wolf. */
package io.tokenwatt.quickstart.bench.quiet;
