package io.tokenwatt.jobs.regression.suspect;

import java.util.Locale;

/** Kinds of causes. Only ever added to at the end: keys stand in tables and in rules. */
public enum SuspectKind {
  /** The boards' power limit was lowered, or they run into it. */
  POWER_CAP,
  /** SM clocks are locked or set lower. */
  CLOCK,
  /** Clocks fall because of temperature. */
  THERMAL,
  /** The hardware itself brakes: HW slowdown or power brake. */
  HW_SLOWDOWN,
  DRIVER_VERSION,
  ENGINE_VERSION,
  /** The engine was deployed, configured or started anew. */
  DEPLOYMENT,
  /** Fewer requests run at once although more wait. */
  BATCH,
  /** Other requests: longer prompts or answers, fewer hits of the prefix cache. */
  PROMPT_MIX,
  /** The KV cache is full: requests wait or are preempted. */
  KV_SATURATION,
  /** One node against its peers. */
  BAD_NODE,
  /** One board against the others of its node. */
  BAD_BOARD,
  /** Another workload on the same boards. */
  NEIGHBOUR,
  /** NVLink or PCIe carries less. */
  INTERCONNECT,
  /** XID or uncorrected ECC errors. */
  MEMORY_ERRORS,
  /** No evidence that is strong enough. */
  UNKNOWN;

  /** As in columns, rules and causes. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
