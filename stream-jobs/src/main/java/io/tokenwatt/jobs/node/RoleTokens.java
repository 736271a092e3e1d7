package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.Increment;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.proto.EngineMetric;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a prefill or decode server's counters mean for the pair: one prompt is one prompt, one
 * request one request. A prefill server ends a request of its own per prompt, with one output
 * token, and hands both on: neither is output. A decode server shows the prompt again: what it got
 * as KV, or had cached, its prefill server counted; what it computed itself, nobody else did. What
 * does not count goes into columns of its own, so nothing is lost.
 */
final class RoleTokens {
  private static final Map<CellMeasure, CellMeasure> OF_PREFILL =
      Map.of(
          CellMeasure.OUTPUT_TOKENS, CellMeasure.PREFILL_OUTPUT_TOKENS,
          CellMeasure.OUTPUT_TOKENS_BRIDGED, CellMeasure.PREFILL_OUTPUT_TOKENS,
          CellMeasure.REQUESTS_FINISHED, CellMeasure.PREFILL_REQUESTS,
          CellMeasure.REQUESTS_FINISHED_BRIDGED, CellMeasure.PREFILL_REQUESTS);

  private RoleTokens() {}

  static boolean isPrefill(String role) {
    return role.equals("prefill");
  }

  static boolean isDecode(String role) {
    return role.equals("decode");
  }

  /**
   * The column that a server of this role counts in where others count in {@code measure}; null =
   * none.
   */
  static CellMeasure column(String role, CellMeasure measure) {
    if (isPrefill(role)) {
      return OF_PREFILL.getOrDefault(measure, measure);
    }
    if (isDecode(role) && measure == CellMeasure.PROMPT_TOKENS_BRIDGED) {
      return CellMeasure.PROMPT_TOKENS_REPEATED;
    }
    if (isDecode(role) && measure == CellMeasure.PROMPT_TOKENS_CACHED_BRIDGED) {
      return null; // part of the prompt, which is there already
    }
    return measure;
  }

  /**
   * Prompt tokens that the engine computed in the interval: its own counter; else prompt - cached
   * (- transferred, at a decode server); empty where it does not tell enough.
   */
  static OptionalLong computed(String role, Map<Integer, Increment> increments) {
    Increment own = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_COMPUTED_VALUE);
    if (own != null) {
      return OptionalLong.of(own.amount());
    }
    Increment prompt = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_VALUE);
    Increment cached = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_CACHED_VALUE);
    Increment moved = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_TRANSFERRED_VALUE);
    if (!together(prompt, cached) || isDecode(role) && !together(prompt, moved)) {
      return OptionalLong.empty();
    }
    long elsewhere = cached.amount() + (together(prompt, moved) ? moved.amount() : 0);
    // The counters may be credited at slightly different times: never below zero in an interval.
    return OptionalLong.of(Math.max(0, prompt.amount() - elsewhere));
  }

  /** Of a prompt's growth, what counts as prompt tokens for a server of this role. */
  static long ownPrompt(String role, Increment prompt, Map<Integer, Increment> increments) {
    return isDecode(role)
        ? Math.min(prompt.amount(), computed(role, increments).orElse(0))
        : prompt.amount();
  }

  private static boolean together(Increment a, Increment b) {
    return a != null && b != null && a.fromMs() == b.fromMs();
  }
}
