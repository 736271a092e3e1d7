package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.EngineCounters;
import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import io.tokenwatt.quickstart.fleet.physics.EngineRank;
import io.tokenwatt.quickstart.fleet.physics.FinishReason;
import io.tokenwatt.quickstart.fleet.physics.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The /metrics page of an SGLang server of 2025-11 (sglang/srt/metrics/collector.py), one
 * data-parallel rank. Python's multiprocess collector writes it: no {@code _created}, no process
 * metrics, {@code _sum} before the buckets, labels sorted. Request metrics carry the model alone,
 * scheduler metrics also the ranks. Not thread-safe.
 */
final class SglangText implements EngineText {
  private interface Value {
    void put(TextOut out);
  }

  private record Piece(byte[] before, Value value) {}

  private final EngineRank rank;
  private final String requestLabels;
  private final String schedulerLabels;
  private final List<Piece> pieces = new ArrayList<>();
  private String head = "";
  private int lastLength = 16_384;

  SglangText(EngineProcess engine) {
    if (engine.ranks().size() != 1) {
      throw new IllegalArgumentException(
          "engine " + engine.name() + ": SGLang is simulated with one data-parallel rank");
    }
    this.rank = engine.ranks().get(0);
    this.requestLabels = "model_name=\"" + engine.model().name() + '"';
    this.schedulerLabels =
        "engine_type=\"unified\"," + requestLabels + ",pp_rank=\"0\",tp_rank=\"0\"";
    requests();
    scheduler(engine.kvTokens());
  }

  @Override
  public byte[] render(long nowUs) {
    TextOut out = new TextOut(lastLength + 512);
    for (Piece piece : pieces) {
      out.put(piece.before());
      piece.value().put(out);
    }
    out.put('\n');
    byte[] text = out.toBytes();
    lastLength = text.length;
    return text;
  }

  private void requests() {
    counter("prompt_tokens_total", "Number of prefill tokens processed.", c -> c.promptTokens());
    counter(
        "generation_tokens_total", "Number of generation tokens processed.", c -> c.outputTokens());
    counter("cached_tokens_total", "Number of cached prompt tokens.", c -> c.cachedTokens());
    counter("num_requests_total", "Number of requests processed.", EngineCounters::finished);
    counter("num_so_requests_total", "Number of structured output requests processed.", c -> 0);
    counter("num_aborted_requests_total", "Number of requests aborted.", SglangText::aborted);
    histogram(
        "time_to_first_token_seconds",
        "Histogram of time to first token in seconds.",
        requestLabels,
        c -> c.ttft);
    histogram(
        "inter_token_latency_seconds",
        "Histogram of inter-token latency in seconds.",
        requestLabels,
        c -> c.interToken);
    histogram(
        "e2e_request_latency_seconds",
        "Histogram of End-to-end request latency in seconds",
        requestLabels,
        c -> c.endToEnd);
  }

  private void scheduler(long kvTokens) {
    gauge("num_running_reqs", "The number of running requests.", r -> r.running());
    gauge("num_used_tokens", "The number of used tokens.", r -> r.kvTokens());
    head("token_usage", "gauge", "The token usage.");
    line(
        "token_usage" + '{' + schedulerLabels + '}',
        // Two decimals, as the scheduler rounds it.
        out -> PythonNumbers.putDouble(out, 100 * rank.kvTokens() / kvTokens / 100.0));
    gauge("num_queue_reqs", "The number of requests in the waiting queue.", r -> r.waiting());
    histogram(
        "queue_time_seconds",
        "Histogram of queueing time in seconds.",
        schedulerLabels,
        c -> c.queue);
  }

  private static long aborted(EngineCounters counters) {
    return counters.finished(FinishReason.ABORT);
  }

  private void gauge(String name, String help, ToLongFunction<EngineRank> read) {
    head(name, "gauge", help);
    line(
        name + '{' + schedulerLabels + '}',
        out -> PythonNumbers.putCount(out, read.applyAsLong(rank)));
  }

  private void counter(String name, String help, ToLongFunction<EngineCounters> read) {
    head(name, "counter", help);
    line(
        name + '{' + requestLabels + '}',
        out -> PythonNumbers.putCount(out, read.applyAsLong(rank.counters())));
  }

  private void histogram(
      String name, String help, String labels, Function<EngineCounters, Histogram> read) {
    head(name, "histogram", help);
    String plain = '{' + labels + '}';
    line(
        name + "_sum" + plain,
        out -> {
          Histogram histogram = read.apply(rank.counters());
          PythonNumbers.putScaled(out, histogram.sum(), histogram.scale());
        });
    List<Double> bounds = read.apply(rank.counters()).bounds();
    for (int b = 0; b <= bounds.size(); b++) {
      String le = b < bounds.size() ? PythonNumbers.bound(bounds.get(b)) : "+Inf";
      int bucket = b;
      line(
          name + "_bucket{" + withLe(labels, le) + '}',
          out -> PythonNumbers.putCount(out, cumulative(read.apply(rank.counters()), bucket)));
    }
    line(
        name + "_count" + plain,
        out -> PythonNumbers.putCount(out, read.apply(rank.counters()).total()));
  }

  private static long cumulative(Histogram histogram, int bucket) {
    long sum = 0;
    for (int i = 0; i <= bucket; i++) {
      sum += histogram.count(i);
    }
    return sum;
  }

  /** In the order of names: {@code le} comes before {@code model_name}. */
  private static String withLe(String labels, String le) {
    int model = labels.indexOf("model_name=");
    return labels.substring(0, model) + "le=\"" + le + "\"," + labels.substring(model);
  }

  private void head(String name, String type, String help) {
    head = "# HELP sglang:" + name + ' ' + help + "\n# TYPE sglang:" + name + ' ' + type + '\n';
  }

  private void line(String series, Value value) {
    String newline = pieces.isEmpty() ? "" : "\n";
    pieces.add(new Piece(TextOut.utf8(newline + head + "sglang:" + series + ' '), value));
    head = "";
  }
}
