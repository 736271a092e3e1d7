package io.tokenwatt.model;

import java.util.Locale;

/**
 * The additive measures of {@code node_10s}: one row per node and window. Only ever added to at the
 * end.
 */
public enum NodeMeasure {
  EXPECTED_MS("ms in which the node should have been read"),
  BOARD_EXPECTED_MS("board-ms that should have been observed"),
  BOARD_OBSERVED_MS("board-ms covered by energy readings"),
  BOARD_MJ("energy of the node's boards, each board once"),
  MACHINE_OBSERVED_MS("ms covered by readings of the machine's own meter"),
  MACHINE_MJ("energy of the whole machine, measured"),
  MACHINE_MODELLED_MS("ms covered by the node-class model"),
  MACHINE_MJ_MODELLED("energy of the whole machine, from the node-class model"),
  SPANNING_BOARD_MS("board-ms held by engines that run over several nodes"),
  TOKENS_EXPECTED_MS("engine-ms that should have been observed"),
  TOKENS_OBSERVED_MS("engine-ms covered by token readings"),
  OUTPUT_TOKENS("generated tokens of the node's engines; those of prefill servers left out");

  private final String meaning;

  NodeMeasure(String meaning) {
    this.meaning = meaning;
  }

  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
