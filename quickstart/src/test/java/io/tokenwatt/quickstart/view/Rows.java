package io.tokenwatt.quickstart.view;

import java.util.List;

/** Rows that tests speak of. */
final class Rows {
  static final long END = 1_795_239_250;

  private Rows() {}

  static LiveRow healthy() {
    return new LiveRow(
        "us-east",
        "H100-SXM-80GB",
        "llama-3.1-8b-instruct",
        2.5174,
        null,
        67.31,
        0.41226,
        0.0671,
        null,
        0.99961,
        4398.6,
        null,
        1743.2,
        "",
        "",
        List.of(),
        END);
  }

  /** A dcgm-exporter at its default of 30 s, asked for 10 s. */
  static LiveRow slowSource() {
    return new LiveRow(
        "eu-central",
        "H100-SXM-80GB",
        "qwen3-32b",
        null,
        null,
        null,
        null,
        1.4716,
        null,
        1.0,
        1432.8,
        null,
        null,
        "source_period",
        "",
        List.of("source_period"),
        END);
  }

  static LiveRow unallocated() {
    return new LiveRow(
        "eu-central",
        "H200",
        LiveQuery.UNALLOCATED,
        null,
        null,
        null,
        null,
        null,
        null,
        1.0,
        null,
        null,
        304.1,
        "no_tokens",
        "",
        List.of(),
        END);
  }

  static LiveRow saturated() {
    return new LiveRow(
        "ap-south",
        "L40S",
        "llama-3.3-70b-instruct-with-a-very-long-name",
        0.23,
        null,
        4123.0,
        12.5,
        null,
        2560.0,
        0.5,
        1_234_567_890.0,
        null,
        2107.0,
        "",
        "",
        List.of("reset", "gap"),
        END - 20);
  }

  static LiveRow embedder() {
    return new LiveRow(
        "eu-central",
        "L4",
        "bge-m3",
        null,
        326.4,
        0.751,
        null,
        0.0952,
        null,
        1.0,
        0.0,
        22_417.3,
        68.7,
        "prompt_only",
        "no_tokens",
        List.of(),
        END);
  }

  static LiveRow training() {
    return new LiveRow(
        "eu-central",
        "H100-SXM",
        LiveQuery.TRAINING,
        null,
        null,
        null,
        null,
        null,
        null,
        1.0,
        null,
        null,
        2490.4,
        "no_tokens",
        "",
        List.of(),
        END);
  }
}
