package io.tokenwatt.jobs.latency;

import io.tokenwatt.jobs.node.Naming;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.Server;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Turns an event into what it adds. Sketches hold requests that ended well: an error that comes
 * quickly is no good latency. Not thread-safe if its naming is not.
 */
public final class Requests {
  private final Naming naming;
  private final Supplier<SloBook> slos;

  /**
   * @param slos asked at each event
   */
  public Requests(Naming naming, Supplier<SloBook> slos) {
    this.naming = naming;
    this.slos = slos;
  }

  /** Of an event that counts. */
  public EventPart part(RequestEvent event, long recordMs) {
    long timeMs = Intake.eventTimeMs(event, recordMs);
    Cell cell = cell(event);
    long[] amounts = new long[RequestMeasure.values().length];
    if (Intake.clockSkew(event, recordMs)) {
      add(amounts, RequestMeasure.CLOCK_SKEW, 1);
    }
    Map<RequestSketch, Double> latencies = Latencies.of(event);
    boolean ok = event.getStatus() == RequestStatus.REQUEST_OK;
    int[] buckets = new int[RequestSketch.values().length];
    Arrays.fill(buckets, -1);
    if (ok) {
      latencies.forEach(
          (sketch, micros) -> {
            buckets[sketch.ordinal()] = LogBuckets.index(micros);
            add(amounts, sketch.sum(), Math.round(micros));
          });
    } else {
      failed(event, amounts);
    }
    long sloVersion = 0;
    if (!event.getLatencyOnly()) {
      count(event, amounts);
      sloVersion = judge(event, cell, timeMs, latencies, amounts);
    }
    return new EventPart(
        Window.startOf(timeMs),
        cell,
        event.getServiceClass(),
        event.getTenant(),
        event.getClientRegion(),
        event.getAdapter(),
        amounts,
        buckets,
        sloVersion);
  }

  /** As the efficiency job names the same server. */
  private Cell cell(RequestEvent event) {
    Server s = event.getServer();
    String served = s.getModelName().isEmpty() ? event.getModelName() : s.getModelName();
    return new Cell(
        s.getRegion(),
        s.getCluster(),
        s.getSiteKind(),
        s.getProvider(),
        s.getPurchaseOption(),
        s.getBoardName().isEmpty() ? "" : naming.hardware(s.getBoardName()),
        served.isEmpty() ? "" : naming.model(served),
        s.getPrecision().isEmpty() ? naming.precision(served) : s.getPrecision(),
        s.getWorkload(),
        s.getOwner(),
        s.getDeployment(),
        s.getEngine(),
        s.getRole(),
        s.getTask(),
        s.getKind());
  }

  private static void failed(RequestEvent event, long[] amounts) {
    if (!event.getByClient()) {
      add(amounts, RequestMeasure.FAILED_GATEWAY, 1);
    }
    if (event.getByClient() || event.hasTtftClientUs() || event.hasE2EClientUs()) {
      add(amounts, RequestMeasure.FAILED_CLIENT, 1);
    }
  }

  private static void count(RequestEvent event, long[] amounts) {
    add(amounts, RequestMeasure.REQUESTS, 1);
    add(
        amounts,
        switch (event.getStatus()) {
          case REQUEST_OK -> RequestMeasure.REQUESTS_OK;
          case REQUEST_ABORTED -> RequestMeasure.REQUESTS_ABORTED;
          default -> RequestMeasure.REQUESTS_ERROR;
        },
        1);
    if (event.getServer().getResolution() == Resolution.RESOLUTION_UNSPECIFIED) {
      add(amounts, RequestMeasure.REQUESTS_UNRESOLVED, 1);
    }
    if (event.hasPromptTokens()) {
      add(amounts, RequestMeasure.REQUESTS_PROMPT_KNOWN, 1);
      add(amounts, RequestMeasure.PROMPT_TOKENS, event.getPromptTokens());
    }
    if (event.hasPromptTokensCached()) {
      add(amounts, RequestMeasure.REQUESTS_CACHED_KNOWN, 1);
      add(amounts, RequestMeasure.PROMPT_TOKENS_CACHED, event.getPromptTokensCached());
      add(amounts, RequestMeasure.PROMPT_TOKENS_CACHED_KNOWN, event.getPromptTokens());
    }
    if (event.hasOutputTokens()) {
      add(amounts, RequestMeasure.REQUESTS_OUTPUT_KNOWN, 1);
      add(amounts, RequestMeasure.OUTPUT_TOKENS, event.getOutputTokens());
    }
    if (event.hasReasoningTokens()) {
      add(amounts, RequestMeasure.REQUESTS_REASONING_KNOWN, 1);
      add(amounts, RequestMeasure.REASONING_TOKENS, event.getReasoningTokens());
      add(amounts, RequestMeasure.OUTPUT_TOKENS_REASONING_KNOWN, event.getOutputTokens());
    }
  }

  /**
   * Good: ended well, each measure known and inside its target. An event that broke no target but
   * does not tell all of them is not judged.
   */
  private long judge(
      RequestEvent event,
      Cell cell,
      long timeMs,
      Map<RequestSketch, Double> latencies,
      long[] amounts) {
    Map<RequestSketch, Slo> inForce =
        slos.get().inForce(cell.model(), event.getServiceClass(), timeMs);
    if (inForce.isEmpty()) {
      return 0;
    }
    boolean good = event.getStatus() == RequestStatus.REQUEST_OK;
    boolean allKnown = true;
    long version = 0;
    for (Slo slo : inForce.values()) {
      Double micros = latencies.get(slo.measure());
      allKnown &= micros != null;
      good &= micros == null || micros <= slo.targetUs();
      version = Math.max(version, slo.version());
    }
    if (good && !allKnown) {
      return 0;
    }
    add(amounts, RequestMeasure.REQUESTS_JUDGED, 1);
    add(amounts, RequestMeasure.OUTPUT_TOKENS_JUDGED, event.getOutputTokens());
    if (good) {
      add(amounts, RequestMeasure.REQUESTS_GOOD, 1);
      add(amounts, RequestMeasure.OUTPUT_TOKENS_GOOD, event.getOutputTokens());
    }
    return version;
  }

  private static void add(long[] amounts, RequestMeasure measure, long amount) {
    amounts[measure.ordinal()] += amount;
  }
}
