/** {@code bench freshness}: from a sample to a row, and from a regression to a page. */
package io.tokenwatt.quickstart.bench.freshness;
