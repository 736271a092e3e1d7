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
    long puePpm,
    long clockJumpMs,
    long clockSkewMs) {

  /** Of a clock that nothing speaks against, without a PUE of its own. */
  SampleHeader(
      NodeIdentity node,
      long agentRun,
      long seq,
      long observedAtMs,
      int tickMs,
      long bootedAtMs,
      String agentVersion) {
    this(node, agentRun, seq, observedAtMs, tickMs, bootedAtMs, agentVersion, 0, 0, 0);
  }

  /** Of a clock that nothing speaks against. */
  SampleHeader(
      NodeIdentity node,
      long agentRun,
      long seq,
      long observedAtMs,
      int tickMs,
      long bootedAtMs,
      String agentVersion,
      long puePpm) {
    this(node, agentRun, seq, observedAtMs, tickMs, bootedAtMs, agentVersion, puePpm, 0, 0);
  }
}
