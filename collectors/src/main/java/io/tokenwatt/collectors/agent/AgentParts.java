package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.kubernetes.KubernetesNode;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.collectors.scrape.ScrapeClient;
import java.util.Optional;

/**
 * What all nodes of an agent share.
 *
 * @param agentRun the agent's start, Unix ms; higher than the run's before
 * @param kubernetes tells of the agent's own node; empty = nobody is asked
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
    long bootedAtMs,
    Optional<KubernetesNode> kubernetes,
    ClockWatch clock) {}
