package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.FinishedRequest;

/**
 * A request that ended, and where it was served.
 *
 * @param workload of the engine that answered, or should have
 * @param model as that engine serves it
 */
public record ServedRequest(
    NodePlace place, String workload, String model, FinishedRequest request) {}
