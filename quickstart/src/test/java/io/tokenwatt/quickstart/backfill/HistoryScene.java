package io.tokenwatt.quickstart.backfill;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What a Prometheus may hold of two nodes: known counters, each with the times at which it was
 * scraped. gpu-1: two boards and a vLLM that restarts, scraped every 15 s at different moments,
 * with a gap of 8 minutes. gpu-2: one idle board, scraped every 30 s.
 */
final class HistoryScene {
  /** A reading of a counter, when it was scraped. */
  record Reading(long atMs, long value) {}

  static final long GPU_1_SHIFT_MS = 4_700;
  private static final long DCGM_PHASE_MS = 3_200;
  private static final long VLLM_PHASE_MS = DCGM_PHASE_MS + GPU_1_SHIFT_MS;

  final List<Reading> board0 = new ArrayList<>();
  final List<Reading> board1 = new ArrayList<>();
  final List<Reading> idleBoard = new ArrayList<>();
  final List<Reading> tokens = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * @param fromMs a whole minute
   */
  HistoryScene(long fromMs, long toMs, long seed) {
    Random dice = new Random(seed);
    long gap = fromMs + (toMs - fromMs) / 3 / 60_000 * 60_000;
    long restart = fromMs + (toMs - fromMs) / 2;
    long energy0 = 1_000_000_000L;
    long energy1 = 2_000_000_000L;
    long made = 5_000_000;
    long prompt = 1_000_000;
    long requests = 10_000;
    long started = fromMs - 86_400_000;
    boolean restarted = false;
    for (long tick = fromMs; tick < toMs; tick += 15_000) {
      int watts = 200 + dice.nextInt(450);
      energy0 += watts * 15_000L;
      energy1 += (watts - 50) * 15_000L;
      int tokensNow = dice.nextInt(10) == 0 ? 0 : dice.nextInt(30_000);
      if (!restarted && tick >= restart) {
        restarted = true;
        started = tick - 4_000;
        made = 0;
        prompt = 0;
        requests = 0;
      }
      made += tokensNow;
      prompt += tokensNow / 3;
      requests += tokensNow / 500;
      if (tick >= gap && tick < gap + 480_000) {
        continue;
      }
      board(board0, tick + DCGM_PHASE_MS, 0, energy0, watts);
      board(board1, tick + DCGM_PHASE_MS, 1, energy1, watts - 50);
      engine(tick + VLLM_PHASE_MS, made, prompt, requests, tokensNow > 0 ? 7 : 0, started);
    }
    long idle = 500_000;
    for (long tick = fromMs; tick < toMs; tick += 30_000) {
      idle += 70 * 30_000L + dice.nextInt(1000);
      long at = tick + 11_100;
      idleBoard.add(new Reading(at, idle));
      String labels =
          "{job=\"dcgm\",instance=\"10.0.0.2:9400\",region=\"us\",cluster=\"c2\",gpu=\"0\",UUID=\"GPU-00000000-0000-0000-0000-0000000000ff\",modelName=\"NVIDIA L4\",Hostname=\"gpu-2\"}";
      line("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", labels, idle, at);
      line("DCGM_FI_DEV_POWER_USAGE", labels, 70, at);
    }
  }

  private void board(List<Reading> readings, long at, int gpu, long mj, int watts) {
    readings.add(new Reading(at, mj));
    String labels =
        "{job=\"dcgm\",instance=\"10.0.0.1:9400\",region=\"eu\",cluster=\"c1\",pod=\"dcgm-exporter-x\",exported_pod=\"vllm-0\",gpu=\"%d\",UUID=\"GPU-00000000-0000-0000-0000-00000000000%d\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"gpu-1\"}"
            .formatted(gpu, gpu);
    line("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", labels, mj, at);
    line("DCGM_FI_DEV_POWER_USAGE", labels, watts, at);
  }

  private void engine(long at, long made, long prompt, long requests, int running, long startedMs) {
    tokens.add(new Reading(at, made));
    String target =
        "job=\"vllm\",instance=\"10.0.0.1:8000\",node=\"gpu-1\",region=\"eu\",cluster=\"c1\"";
    String labels = "{" + target + ",model_name=\"meta-llama/Llama-3.1-8B-Instruct\",engine=\"0\"}";
    line("vllm:generation_tokens_total", labels, made, at);
    line("vllm:prompt_tokens_total", labels, prompt, at);
    line("vllm:num_requests_running", labels, running, at);
    line("vllm:num_requests_waiting", labels, 0, at);
    line(
        "vllm:request_success_total",
        labels.replace("}", ",finished_reason=\"stop\"}"),
        requests,
        at);
    line("process_start_time_seconds", "{" + target + "}", startedMs / 1000.0, at);
  }

  private void line(String name, String labels, double value, long atMs) {
    String number = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
    lines.add(
        String.format(
            Locale.ROOT, "%s%s %s %d.%03d", name, labels, number, atMs / 1000, atMs % 1000));
  }

  /** As promtool reads it: each family's lines together. */
  void write(Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      lines.stream()
          .sorted(java.util.Comparator.comparing(l -> l.substring(0, l.indexOf('{'))))
          .forEach(out::println);
      out.println("# EOF");
    }
  }
}
