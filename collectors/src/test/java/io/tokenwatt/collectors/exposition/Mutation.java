package io.tokenwatt.collectors.exposition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Exporter text, and how to spoil it. */
final class Mutation {

  /** Small bodies of each kind the fleet has, and of each kind it should not have. */
  static final List<String> SEEDS =
      List.of(
          """
          # HELP DCGM_FI_DEV_POWER_USAGE Power draw (in W).
          # TYPE DCGM_FI_DEV_POWER_USAGE gauge
          DCGM_FI_DEV_POWER_USAGE{gpu="0", UUID="GPU-604ac76c-d9cf",container="",pod=""} 112.252000
          DCGM_FI_DEV_MEMORY_TEMP{gpu="0", UUID="GPU-604ac76c-d9cf"} 9223372036854775794
          DCGM_FI_DEV_XID_ERRORS{gpu="0",err_msg="C:\\path"} ERROR - FAILED TO CONVERT TO STRING
          """,
          """
          # TYPE vllm:iteration_tokens_total histogram
          vllm:iteration_tokens_total_bucket{le="1.0",model_name="meta/Llama"} 7.400757e+06
          vllm:iteration_tokens_total_bucket{le="+Inf",model_name="meta/Llama"} 1.1701968896e+010
          vllm:iteration_tokens_total_sum{model_name="meta/Llama"} 324789.30000000005
          vllm:iteration_tokens_total_count{model_name="meta/Llama"} 17 1700000000123
          """,
          """
          # a comment

          a{ b = "c" , d="\\"\\\\\\n\\x", } -Inf
          {"utf8.name é", "läbel"="😀"} NaN
          x{y="z"} .5e-7 # {trace_id="abc"} 0.67 1.5
          """,
          """
          # TYPE a counter
          # HELP a help
          # UNIT a_seconds seconds
          a_total{foo="1"} 1 12345678901234567890.123 # {id="x # y"} 0.5 123
          # TYPE b gaugehistogram
          b_bucket{le="-1.0"} 1
          b_bucket{le="+Inf"} 3 0.0000000001
          b_gcount 3
          b_gsum -5
          # EOF
          """);

  private static final List<String> TOKENS =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          ",",
          "=",
          " ",
          "\t",
          "\n",
          "\r\n",
          "\r",
          "#",
          " # {",
          "# EOF\n",
          "NaN",
          "+Inf",
          "-nan",
          "1e+010",
          "1e-400",
          "4.9e-324",
          "0x1p3",
          "1_2",
          "_",
          ":",
          "\0",
          "é",
          "😀",
          "123456789012345678901234567890",
          "9007199254740993",
          "TYPE",
          "HELP",
          "# TYPE ",
          "# UNIT ",
          "-",
          "+",
          ".",
          "e",
          "1 ",
          " 1",
          "a",
          "histogram",
          "{\"a\"}",
          "x=\"\"",
          ",,");

  private final Random random;

  Mutation(Random random) {
    this.random = random;
  }

  /** One seed, spoilt at up to eight places; sometimes two seeds one after the other. */
  byte[] next() {
    byte[] body = seed();
    if (random.nextInt(4) == 0) {
      body = spliced(body, body.length, seed(), 0);
    }
    for (int i = random.nextInt(9); i > 0; i--) {
      body = mutated(body);
    }
    return body;
  }

  private byte[] seed() {
    return SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  /** The body, spoilt at one place. */
  byte[] mutated(byte[] body) {
    int at = random.nextInt(body.length + 1);
    int to = Math.min(body.length, at + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 -> spliced(body, at, body, to);
      case 1 -> spliced(body, to, body, at);
      case 2 -> flipped(body, at);
      case 3 -> random.nextInt(8) == 0 ? spliced(body, at, new byte[0], 0) : flipped(body, at);
      default -> inserted(body, at, TOKENS.get(random.nextInt(TOKENS.size())));
    };
  }

  private byte[] flipped(byte[] body, int at) {
    byte[] flipped = body.clone();
    if (at < body.length) {
      flipped[at] = (byte) random.nextInt(256);
    }
    return flipped;
  }

  private static byte[] inserted(byte[] body, int at, String token) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    byte[] head = spliced(body, at, bytes, 0);
    return spliced(head, head.length, body, at);
  }

  /** The head up to {@code to}, then the tail from {@code from} on. */
  private static byte[] spliced(byte[] head, int to, byte[] tail, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head, 0, to);
    out.write(tail, from, tail.length - from);
    return out.toByteArray();
  }
}
