package io.tokenwatt.alerts.ruletest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An alert that a test expects, from its first firing evaluation to its first that no longer does.
 *
 * @param labels all of them
 * @param details some of them
 * @param fires after the start of the test
 * @param resolves after the start; empty = it still fires at the end
 * @param value when it begins to fire; empty = any
 */
record ExpectedAlert(
    Map<String, String> labels,
    Map<String, String> details,
    Duration fires,
    Optional<Duration> resolves,
    OptionalDouble value) {}
