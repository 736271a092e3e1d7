package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * One data-parallel rank of an engine: a batch on one or more boards that work in step. Not
 * thread-safe.
 */
public final class EngineRank implements Source {
  /** A slice of a board that the rank uses. */
  record Seat(Board board, int slice) {}

  private final EngineKind kind;
  private final Roofline roofline;
  private final List<Seat> seats;
  private final RequestSource arrivals;
  private final RequestLog log;
  private final ObjLongConsumer<Request> ended;
  private final Capacity capacity;
  private double slower = 1;
  private Batch batch;
  private EngineCounters counters;
  private boolean up = true;
  private boolean stepping;
  private long stepStartUs;
  private long stepEndUs;
  private int stepPrompt;
  private long lifetimeOutput;
  private long lifetimePrompt;

  /**
   * @param log of the gateway in front
   * @param ended is told of each request that is done, and when
   */
  EngineRank(
      EngineKind kind,
      Roofline roofline,
      List<Seat> seats,
      RequestSource arrivals,
      RequestLog log,
      ObjLongConsumer<Request> ended,
      long startUs) {
    this.kind = kind;
    this.roofline = roofline;
    this.seats = List.copyOf(seats);
    this.arrivals = arrivals;
    this.log = log;
    this.ended = ended;
    this.capacity = new Capacity(roofline.kvTokens());
    restart(startUs);
  }

  /** Counters of the process that runs now. */
  public EngineCounters counters() {
    return counters;
  }

  /** Requests in the batch at the last step's end. */
  public int running() {
    return batch.running();
  }

  public int waiting() {
    return batch.waiting();
  }

  /** Share of the KV cache in use, in [0, 1]. */
  public double kvUsage() {
    return batch.kvUsage();
  }

  /** Tokens in the KV cache. */
  public long kvTokens() {
    return batch.contextTokens();
  }

  /** Output tokens of the requests that are not done. */
  long unfinishedTokens() {
    long[] sum = {0};
    batch.forEach((request, tokens) -> sum[0] += tokens);
    return sum[0];
  }

  /** Output tokens that the counters showed since the simulation began, over all restarts. */
  long lifetimeOutput() {
    return lifetimeOutput + counters.outputTokens();
  }

  /** Prompt tokens that the counters showed since the simulation began, over all restarts. */
  long lifetimePrompt() {
    return lifetimePrompt + counters.promptTokens();
  }

  @Override
  public long nextUs() {
    return stepping ? stepEndUs : arrivals.nextUs();
  }

  @Override
  public void fire() {
    long nowUs = nextUs();
    if (stepping) {
      batch.endStep(stepStartUs, nowUs, stepPrompt, counters, request -> end(request, nowUs));
      stepping = false;
    }
    take(nowUs);
    if (up) {
      begin(nowUs);
    }
  }

  /** The process dies: its requests are lost and its boards are empty. */
  void crash(long atUs) {
    lifetimeOutput += counters.outputTokens();
    lifetimePrompt += counters.promptTokens();
    batch.forEach(
        (request, tokens) -> {
          log.broken(request, atUs, tokens);
          arrivals.over(atUs);
        });
    counters = new EngineCounters(kind, roofline.model().maxModelLen());
    batch = new Batch(capacity);
    up = false;
    stepping = false;
    occupy(atUs, Activity.NONE);
  }

  /** From now on; nothing else of the process changes. */
  void inject(Injection.OfEngines injection) {
    if (injection instanceof Injection.BatchLimit limit) {
      capacity.mostRequests = limit.requests();
    } else if (injection instanceof Injection.KvShrink shrink) {
      capacity.lose(1 - shrink.share());
    } else if (injection instanceof Injection.PromptMix mix) {
      arrivals.mix(mix);
    }
  }

  /** Of the software that the next process runs. */
  void slower(double factor) {
    slower = factor;
  }

  /** A fresh process is ready to serve; it has counted nothing. */
  void restart(long atUs) {
    counters = new EngineCounters(kind, roofline.model().maxModelLen());
    batch = new Batch(capacity);
    up = true;
    occupy(atUs, Activity.loadedIdle(roofline.memoryMib()));
  }

  private void end(Request request, long atUs) {
    ended.accept(request, atUs);
    arrivals.over(atUs);
  }

  private void take(long nowUs) {
    while (arrivals.nextUs() <= nowUs) {
      Request request = arrivals.take();
      if (!up || !batch.arrive(request)) {
        log.refused(request, nowUs);
        arrivals.over(nowUs);
      }
    }
  }

  private void begin(long nowUs) {
    batch.admit(nowUs);
    if (batch.running() == 0) {
      occupy(nowUs, Activity.loadedIdle(roofline.memoryMib()));
      return;
    }
    stepPrompt = batch.takePrompt();
    Terms worst = seats.stream().map(s -> s.board().terms()).reduce(Terms::worst).orElseThrow();
    Roofline.Step step =
        roofline.step(batch.decoding() + stepPrompt, batch.contextTokens(), worst.slower(slower));
    stepStartUs = nowUs;
    stepEndUs = nowUs + step.durationUs();
    stepping = true;
    for (Seat seat : seats) {
      seat.board().change(seat.slice(), nowUs, of(seat, worst, step.activity()));
    }
  }

  /** A board that is not the one that all wait for keeps the clock that it has. */
  private static Activity of(Seat seat, Terms worst, Activity activity) {
    Terms own = seat.board().terms();
    boolean capped = activity.reasons() == Reason.POWER_CAP;
    boolean decides =
        capped ? own.limitWatts() == worst.limitWatts() : own.clock() == worst.clock();
    return decides ? activity : activity.at(own.clock(), own.reasons());
  }

  private void occupy(long atUs, Activity activity) {
    for (Seat seat : seats) {
      seat.board().change(seat.slice(), atUs, activity);
    }
  }
}
