package io.tokenwatt.quickstart.fleet;

import java.net.URI;

/**
 * A page to scrape.
 *
 * @param name unique on the node
 * @param kind dcgm, amd, vllm, sglang or node_energy
 */
public record SimulatedTarget(String name, URI url, String kind) {}
