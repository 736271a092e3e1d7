package io.tokenwatt.alerts;

/**
 * A rule could not be evaluated: nothing is known of what it watches.
 *
 * @param reason the server's or ours
 */
public record Failure(Rule rule, String reason) {}
