package io.tokenwatt.storage;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.RequestRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * View hardware_comparison from the rows themselves. Rows lie on whole hours, one per cell and
 * hour; every cell has its own workload.
 */
final class HardwareOracle {
  record Mix(String model, int prompt, int output, int cached) {}

  record Key(Mix mix, String hardware) {}

  /** What the view should say of a hardware in a mix; null = NULL. */
  static final class Line {
    String reason = "no_load";
    int load;
    int hours;
    Double usdPerMtok;
    Double tokensPerJoule;
    Double attainment;
    double allTokens;
    double usdVariance;
    double peakTokensPerS;
    double tokensPerEngineS;
  }

  private static final class Load {
    final TreeMap<Long, double[]> hours = new TreeMap<>(); // usd, tokens
    double joules;
    double metered;
    double requests;
    double engineMs;
    double judged;
    double good;
    double seen;
    double inside;
  }

  private final List<RequestRow> requests;
  private final List<LatencyRow> latencies;
  private final double usdPerGpuHour;
  private final double targetS;
  private final double objective;
  private final Map<Key, TreeMap<Integer, Load>> loads = new HashMap<>();

  HardwareOracle(
      List<CellRow> cells,
      List<RequestRow> requests,
      List<LatencyRow> latencies,
      double usdPerGpuHour,
      double targetS,
      double objective) {
    this.requests = requests;
    this.latencies = latencies;
    this.usdPerGpuHour = usdPerGpuHour;
    this.targetS = targetS;
    this.objective = objective;
    cells.forEach(this::take);
  }

  private void take(CellRow row) {
    double expected = at(row, CellMeasure.EXPECTED_MS);
    double tokensSeen = at(row, CellMeasure.TOKENS_OBSERVED_MS);
    if (at(row, CellMeasure.OBSERVED_MS) / expected < 0.9
        || tokensSeen / at(row, CellMeasure.TOKENS_EXPECTED_MS) < 0.9) {
      return;
    }
    double prompts = at(row, CellMeasure.PROMPT_TOKENS);
    double tokens = at(row, CellMeasure.OUTPUT_TOKENS);
    double finished = at(row, CellMeasure.REQUESTS_FINISHED);
    boolean cacheKnown = at(row, CellMeasure.PROMPT_CACHED_OBSERVED_MS) / tokensSeen >= 0.9;
    double cachedShare = at(row, CellMeasure.PROMPT_TOKENS_CACHED) / prompts;
    Mix mix =
        new Mix(
            row.cell().model(),
            nearestPower(prompts / finished),
            nearestPower(tokens / finished),
            cacheKnown ? Math.min(3, (int) (cachedShare * 4)) : -1);
    double running = at(row, CellMeasure.RUNNING_MS) / at(row, CellMeasure.LOAD_OBSERVED_MS);
    int load = (int) Math.floor(Math.log(running) / Math.log(Math.sqrt(2)) + 1e-12);
    Load into =
        loads
            .computeIfAbsent(new Key(mix, row.cell().hardware()), k -> new TreeMap<>())
            .computeIfAbsent(load, l -> new Load());
    double[] hour = into.hours.computeIfAbsent(row.windowStartMs(), h -> new double[2]);
    hour[0] += at(row, CellMeasure.GPU_MS) / 3.6e6 * usdPerGpuHour;
    hour[1] += tokens;
    into.joules += at(row, CellMeasure.GPU_MJ_METERED) / 1000;
    into.metered += at(row, CellMeasure.OUTPUT_TOKENS_METERED);
    into.requests += finished;
    into.engineMs += tokensSeen;
    latency(row, into);
  }

  private void latency(CellRow row, Load into) {
    for (RequestRow r : requests) {
      if (r.windowStartMs() == row.windowStartMs() && r.cell().equals(row.cell())) {
        into.judged += r.amounts()[RequestMeasure.REQUESTS_JUDGED.ordinal()];
        into.good += r.amounts()[RequestMeasure.REQUESTS_GOOD.ordinal()];
      }
    }
    for (LatencyRow l : latencies) {
      if (l.windowStartMs() == row.windowStartMs() && l.cell().equals(row.cell())) {
        for (int i = 0; i < l.counts().length; i++) {
          into.seen += l.counts()[i];
          into.inside +=
              i < l.boundsNs().length && l.boundsNs()[i] / 1e9 <= targetS ? l.counts()[i] : 0;
        }
      }
    }
  }

  Map<Key, Line> lines(int minHours, int minRequests) {
    Map<Key, Line> lines = new HashMap<>();
    loads.forEach(
        (key, byLoad) -> {
          List<Line> all = new ArrayList<>();
          byLoad.forEach((load, l) -> all.add(line(load, l, minHours, minRequests)));
          double tokens = byLoad.values().stream().mapToDouble(HardwareOracle::tokens).sum();
          Line best =
              all.stream()
                  .filter(l -> l.reason.isEmpty())
                  .max(Comparator.comparingInt(l -> l.load))
                  .orElseGet(
                      () -> all.stream().max(Comparator.comparingDouble(l -> l.allTokens)).get());
          best.allTokens = tokens;
          best.peakTokensPerS = peak(key.mix());
          lines.put(key, best);
        });
    return lines;
  }

  private double peak(Mix mix) {
    Map<Long, Double> perHour =
        loads.entrySet().stream()
            .filter(e -> e.getKey().mix().equals(mix))
            .flatMap(e -> e.getValue().values().stream())
            .flatMap(l -> l.hours.entrySet().stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey, Collectors.summingDouble(h -> h.getValue()[1])));
    return perHour.values().stream().mapToDouble(d -> d).max().orElseThrow() / 3600;
  }

  private Line line(int load, Load l, int minHours, int minRequests) {
    Line line = new Line();
    line.load = load;
    line.hours = l.hours.size();
    line.allTokens = tokens(l);
    boolean byRequests = l.judged > 0;
    line.attainment =
        byRequests ? Double.valueOf(l.good / l.judged) : l.seen > 0 ? l.inside / l.seen : null;
    line.reason =
        line.attainment == null
            ? "no_latency"
            : line.attainment < objective
                ? "slo_not_met"
                : line.hours < minHours
                    ? "few_hours"
                    : l.requests < minRequests || byRequests && l.judged < minRequests
                        ? "few_requests"
                        : "";
    if (line.reason.isEmpty()) {
      double usd = l.hours.values().stream().mapToDouble(h -> h[0]).sum();
      line.usdPerMtok = usd / (tokens(l) / 1e6);
      line.tokensPerJoule = l.metered / l.joules;
      line.tokensPerEngineS = tokens(l) / (l.engineMs / 1000);
      line.usdVariance = relativeVariance(l.hours);
    }
    return line;
  }

  /** Of sum of the first over sum of the second, neighbouring hours allowed to correlate. */
  private static double relativeVariance(TreeMap<Long, double[]> hours) {
    double x = hours.values().stream().mapToDouble(h -> h[0]).sum();
    double y = hours.values().stream().mapToDouble(h -> h[1]).sum();
    double squares = 0;
    double products = 0;
    for (Map.Entry<Long, double[]> hour : hours.entrySet()) {
      double residual = hour.getValue()[0] - x / y * hour.getValue()[1];
      squares += residual * residual;
      double[] next = hours.get(hour.getKey() + 3_600_000);
      products += next == null ? 0 : residual * (next[0] - x / y * next[1]);
    }
    if (squares == 0) {
      return 0;
    }
    double r = Math.min(0.95, Math.max(0, products / squares));
    int n = hours.size();
    return squares / (x * x) * n / (n - 1) * (1 + r) / (1 - r);
  }

  private static double tokens(Load l) {
    return l.hours.values().stream().mapToDouble(h -> h[1]).sum();
  }

  private static int nearestPower(double value) {
    return (int) Math.round(Math.log(value) / Math.log(2));
  }

  private static double at(CellRow row, CellMeasure measure) {
    return row.amounts()[measure.ordinal()];
  }
}
