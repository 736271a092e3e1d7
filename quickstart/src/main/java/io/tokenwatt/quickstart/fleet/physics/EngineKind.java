package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/** Which server an engine is: how its histograms are cut and when its token counters move. */
public enum EngineKind {
  /** Counts tokens with every step. */
  VLLM(Buckets.TTFT, Buckets.PER_TOKEN, Buckets.REQUEST, Buckets.REQUEST),
  /** Counts a request's tokens when it ends (before its release v0.5.7). */
  SGLANG(SglangBuckets.TTFT, SglangBuckets.PER_TOKEN, SglangBuckets.REQUEST, SglangBuckets.QUEUE);

  final List<Double> ttft;
  final List<Double> perToken;
  final List<Double> request;
  final List<Double> queue;

  EngineKind(List<Double> ttft, List<Double> perToken, List<Double> request, List<Double> queue) {
    this.ttft = ttft;
    this.perToken = perToken;
    this.request = request;
    this.queue = queue;
  }

  /** The exporter's name in an agent's configuration. */
  public String label() {
    return this == VLLM ? "vllm" : "sglang";
  }
}
