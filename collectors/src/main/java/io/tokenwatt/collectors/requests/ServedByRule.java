package io.tokenwatt.collectors.requests;

import io.tokenwatt.model.proto.Server;

/**
 * Configured: requests for which {@code match} holds were served by {@code server}. For gateways
 * whose engines another agent scrapes.
 *
 * @param match its empty fields say nothing; at least one is not empty
 */
public record ServedByRule(Told match, Server server) {}
