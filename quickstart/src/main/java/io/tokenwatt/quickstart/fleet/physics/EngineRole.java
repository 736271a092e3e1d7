package io.tokenwatt.quickstart.fleet.physics;

/** What an engine does with a request. */
public enum EngineRole {
  /** All of it. */
  BOTH,
  /** Computes the prompt, gives one token that nobody reads, and hands the KV cache on. */
  PREFILL,
  /** Takes the KV cache of a prompt and generates the answer, all of it. */
  DECODE,
  /** Computes the prompt; the answer is a vector. */
  EMBED
}
