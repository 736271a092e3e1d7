/** What a process tells of itself: counters at {@code /metrics}, states at {@code /healthz}. */
package io.tokenwatt.collectors.http;
