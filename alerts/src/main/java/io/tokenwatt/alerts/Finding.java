package io.tokenwatt.alerts;

import java.util.Map;

/**
 * A rule's bound was passed.
 *
 * @param labels of what, in the rule's order
 * @param value in the unit of the rule's threshold
 */
public record Finding(Rule rule, Map<String, String> labels, double value) {}
