package io.tokenwatt.collectors.agent;

import io.tokenwatt.model.proto.NodeIdentity;

/** What is the same for a whole record; fields as in node_sample.proto. */
record SampleHeader(
    NodeIdentity node,
    long agentRun,
    long seq,
    long observedAtMs,
    int tickMs,
    long bootedAtMs,
    String agentVersion,
    long puePpm) {

  /** Without a PUE of its own. */
  SampleHeader(
      NodeIdentity node,
      long agentRun,
      long seq,
      long observedAtMs,
      int tickMs,
      long bootedAtMs,
      String agentVersion) {
    this(node, agentRun, seq, observedAtMs, tickMs, bootedAtMs, agentVersion, 0);
  }
}
