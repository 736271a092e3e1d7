package io.tokenwatt.model;

import java.util.Locale;

/**
 * The additive measures of {@code efficiency_10s}, one Int64 column each, in the order of an
 * amounts array. Units are in the names (ms, mj = millijoule) or given here; sums over rows are
 * exact in any order. A measure with an {@code …_observed_ms} companion is unknown, not zero, where
 * that companion is 0.
 *
 * <p>Constants are only ever added at the end: amounts arrays in savepoints are read by position.
 */
public enum CellMeasure {
  EXPECTED_MS("board-ms that should have been observed"),
  OBSERVED_MS("board-ms covered by energy readings"),
  GPU_MS("board-ms held by the cell, by wall clock of observed intervals; the base of cost"),
  GPU_BUSY_MS("board-ms while the owner had requests or produced tokens"),
  GPU_LOADED_IDLE_MS("board-ms while owned, nothing running or waiting and no token"),
  GPU_UNALLOCATED_MS("board-ms without an owner"),
  GPU_UNKNOWN_MS("board-ms owned, activity not observed"),
  GPU_MJ("board energy"),
  GPU_BUSY_MJ("board energy while busy"),
  GPU_LOADED_IDLE_MJ("board energy while loaded and idle"),
  GPU_UNALLOCATED_MJ("board energy without an owner"),
  GPU_UNKNOWN_MJ("board energy while activity was not observed"),
  GPU_MJ_INTEGRATED("part of gpu_mj that was integrated from power"),
  GPU_MJ_METERED(
      "energy of all boards behind output_tokens_metered, other members' and prefill servers' included: the denominator of tokens per joule"),
  GPU_MJ_BRIDGED("board energy over gaps longer than 5 minutes; not in gpu_mj"),
  NODE_OBSERVED_MS("node-ms covered by node energy readings"),
  NODE_MJ("energy of the whole machine, measured"),
  NODE_MJ_MODELLED("energy of the whole machine, from the node-class model"),
  NODE_MJ_METERED("part of node_mj whose node-intervals also have tokens"),
  NODE_MJ_BRIDGED("machine energy over gaps longer than 5 minutes; not in node_mj"),
  FACILITY_MJ("measured node energy times the site's PUE then"),
  TOKENS_EXPECTED_MS("engine-ms that should have been observed"),
  TOKENS_OBSERVED_MS("engine-ms covered by token readings"),
  OUTPUT_TOKENS("generated tokens"),
  OUTPUT_TOKENS_METERED("part of output_tokens whose node-intervals also have board energy"),
  OUTPUT_TOKENS_NODE_METERED("part of output_tokens whose node-intervals also have machine energy"),
  OUTPUT_TOKENS_BRIDGED("generated tokens over gaps longer than 5 minutes; not in output_tokens"),
  PROMPT_TOKENS("prompt tokens, cached included"),
  PROMPT_TOKENS_CACHED("prompt tokens answered from the prefix cache"),
  PROMPT_TOKENS_COMPUTED("prompt tokens computed on this engine"),
  PROMPT_TOKENS_COMPUTED_METERED(
      "part of prompt_tokens_computed whose node-intervals also have board energy"),
  PROMPT_TOKENS_TRANSFERRED("prompt tokens whose KV came from another engine"),
  PROMPT_TOKENS_BRIDGED("prompt tokens over gaps longer than 5 minutes; not in prompt_tokens"),
  REASONING_TOKENS("output tokens of reasoning"),
  REQUESTS_FINISHED("requests ended, aborted and failed ones included"),
  REQUESTS_FINISHED_METERED(
      "part of requests_finished whose node-intervals also have board energy"),
  REQUESTS_ABORTED("requests aborted"),
  REQUESTS_FAILED("requests failed"),
  LOAD_OBSERVED_MS("engine-ms covered by readings of running and waiting requests"),
  RUNNING_MS("running requests x ms"),
  WAITING_MS("waiting requests x ms"),
  KV_OBSERVED_MS("engine-ms covered by readings of KV cache use"),
  KV_USED_PPM_MS("KV cache use in ppm x ms"),
  PREEMPTIONS("preempted requests"),
  SM_ACTIVE_OBSERVED_MS("board-ms covered by sm_active"),
  SM_ACTIVE_PPM_MS("SM activity in ppm x ms"),
  DRAM_ACTIVE_OBSERVED_MS("board-ms covered by dram_active"),
  DRAM_ACTIVE_PPM_MS("memory interface activity in ppm x ms"),
  HBM_OBSERVED_MS("board-ms covered by dram_active on boards whose peak bandwidth is known"),
  HBM_KB("kB (1000 B) moved to and from board memory = dram_active x peak x time"),
  GR_ACTIVE_OBSERVED_MS("board-ms covered by gr_engine_active"),
  GR_ACTIVE_PPM_MS("engine activity in ppm x ms"),
  TENSOR_ACTIVE_OBSERVED_MS("board-ms covered by tensor_active"),
  TENSOR_ACTIVE_PPM_MS("tensor pipe activity in ppm x ms"),
  NVLINK_OBSERVED_MS("board-ms covered by NVLink readings"),
  NVLINK_KB("kB over NVLink, both ways"),
  PCIE_OBSERVED_MS("board-ms covered by PCIe readings"),
  PCIE_KB("kB over PCIe, both ways"),
  SM_CLOCK_OBSERVED_MS("board-ms covered by the SM clock"),
  SM_CLOCK_MHZ_MS("SM clock in MHz x ms"),
  POWER_LIMIT_OBSERVED_MS("board-ms covered by the enforced power limit"),
  POWER_LIMIT_MW_MS("enforced power limit in milliwatt x ms"),
  THROTTLED_US("microseconds slowed by power or temperature, by the driver's counters"),
  PROMPT_COMPUTED_OBSERVED_MS(
      "engine-ms whose computed prompt tokens are known; 0 = unknown, not zero"),
  TOKENS_AT_FINISH_MS(
      "part of tokens_observed_ms of engines that credit output tokens only when a request ends"),
  AT_FINISH_REQUESTS("requests ended at such engines, by their end-to-end histograms"),
  AT_FINISH_E2E_US("sum of those requests' end-to-end times, microseconds"),
  TOKENS_PROMPT_ONLY_MS(
      "part of tokens_observed_ms of engines that generate nothing (embedding, reranking)"),
  PROMPT_CACHED_OBSERVED_MS(
      "engine-ms whose cached prompt tokens are known; 0 = unknown, not zero"),
  PROMPT_TRANSFERRED_OBSERVED_MS(
      "engine-ms whose transferred prompt tokens are known; 0 = unknown, not zero"),
  REASONING_OBSERVED_MS("engine-ms whose reasoning tokens are known; 0 = unknown, not zero"),
  PROMPT_TOKENS_CACHED_BRIDGED(
      "cached prompt tokens over gaps longer than 5 minutes; not in prompt_tokens_cached"),
  REQUESTS_FINISHED_BRIDGED(
      "requests ended over gaps longer than 5 minutes; not in requests_finished"),
  NODE_MODELLED_MS("board-ms on machines whose energy is modelled and whose boards are read"),
  NODE_MJ_MODELLED_METERED("part of node_mj_modelled whose node-intervals also have tokens"),
  OUTPUT_TOKENS_NODE_MODELLED_METERED(
      "part of output_tokens whose node-intervals also have modelled machine energy"),
  FACILITY_MJ_METERED("part of facility_mj whose node-intervals also have tokens"),
  OUTPUT_TOKENS_FACILITY_METERED(
      "part of output_tokens whose node-intervals also have machine energy and a PUE"),
  FACILITY_OBSERVED_MS("part of node_observed_ms with a known PUE"),
  FACILITY_MJ_MODELLED("modelled node energy times the site's PUE then; not in facility_mj"),
  FACILITY_MJ_MODELLED_METERED(
      "part of facility_mj_modelled whose node-intervals also have tokens"),
  OUTPUT_TOKENS_FACILITY_MODELLED_METERED(
      "part of output_tokens whose node-intervals also have modelled machine energy and a PUE"),
  GPU_MJ_DOUBTED(
      "part of gpu_mj of boards whose counter contradicts their power readings or their limit"),
  GPU_MJ_MEASURED(
      "part of gpu_mj that a counter counted and whose owner was measured: one owner, or shared by read activity"),
  MEMBERS_MISSING_MS(
      "board-ms that engines over several nodes and prefill/decode pairs run on and that were not seen"),
  MEMBERS_UNPAIRED_MS(
      "engine-ms of such engines whose tokens and joules do not cover the same time"),
  SPANNING_GPU_MS("part of gpu_ms held by such engines"),
  SPANNING_GPU_MS_BEHIND("board-ms, of whatever cell, behind this cell's tokens of such engines"),
  GPU_MJ_ROLE_METERED("prefill or decode servers' own part of the energy behind metered tokens"),
  PROMPT_TOKENS_COMPUTED_ROLE_METERED(
      "prefill or decode servers' own part of the metered computed prompt tokens"),
  PREFILL_OUTPUT_TOKENS("tokens that prefill servers made and decode servers counted: not output"),
  PREFILL_REQUESTS("requests ended at prefill servers and handed on: not finished"),
  PROMPT_TOKENS_REPEATED(
      "prompt tokens that decode servers counted again after their prefill servers");

  private final String meaning;

  CellMeasure(String meaning) {
    this.meaning = meaning;
  }

  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
