/** {@code bench store}: what rows take on disk and what it costs to insert them. */
package io.tokenwatt.quickstart.bench.store;
