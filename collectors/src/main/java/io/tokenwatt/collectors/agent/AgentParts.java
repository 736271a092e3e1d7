package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.collectors.scrape.ScrapeClient;

/**
 * What all nodes of an agent share.
 *
 * @param agentRun the agent's start, Unix ms
 */
record AgentParts(
    AgentConfig config,
    ExporterCatalogue catalogue,
    ScrapeClient client,
    SampleSink sink,
    Counters counters,
    Health health,
    AgentTally tally,
    long agentRun,
    long bootedAtMs) {}
