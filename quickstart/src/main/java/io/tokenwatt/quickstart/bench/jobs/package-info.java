/**
 * {@code bench jobs}: a fleet of any size through a real broker, the jobs as users run them and a
 * real store, each a process of its own.
 */
package io.tokenwatt.quickstart.bench.jobs;
