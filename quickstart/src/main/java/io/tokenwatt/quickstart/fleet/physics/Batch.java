package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Continuous batching as vLLM V1 does it: each step every decoding request gets one token, and what
 * is left of the step's token budget goes to prompts in the order of arrival. Not thread-safe.
 */
final class Batch {
  private static final int STEP_TOKENS = 8192;
  private static final int BLOCK = 16;

  private static final int MOST_WAITING = 500;

  private final Capacity capacity;
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Deque<Request> prefilling = new ArrayDeque<>();
  private final PriorityQueue<Request> decoding =
      new PriorityQueue<>(Comparator.comparingLong(r -> r.finishStep));
  private long stepNumber;
  private long contextTokens;
  private long reservedTokens;

  Batch(Capacity capacity) {
    this.capacity = capacity;
  }

  /** False: too many wait already, the gateway in front turns the request away. */
  boolean arrive(Request request) {
    return waiting.size() < MOST_WAITING && waiting.add(request);
  }

  /** Calls for every request that is not done, with the output tokens that it has so far. */
  void forEach(ObjIntConsumer<Request> visitor) {
    waiting.forEach(request -> visitor.accept(request, request.doneTokens));
    prefilling.forEach(request -> visitor.accept(request, request.doneTokens));
    decoding.forEach(request -> visitor.accept(request, tokensOf(request)));
  }

  /** Moves requests from the queue into the batch while there is room. */
  void admit(long atUs) {
    while (!waiting.isEmpty() && running() < capacity.mostRequests && fits(waiting.peek())) {
      Request request = waiting.poll();
      request.admittedUs = request.doneTokens > 0 ? request.admittedUs : atUs;
      reservedTokens += size(request);
      prefilling.add(request);
    }
  }

  int running() {
    return prefilling.size() + decoding.size();
  }

  int waiting() {
    return waiting.size();
  }

  int decoding() {
    return decoding.size();
  }

  /** Tokens whose K and V the decoding requests read in a step. */
  long contextTokens() {
    return contextTokens;
  }

  /** Blocks of the KV cache in use, as a share of all. */
  double kvUsage() {
    return Math.min(
        1, (double) (contextTokens + capacity.lostTokens) / Math.max(1, capacity.kvTokens));
  }

  /** Prompt tokens that go into the next step; takes them from the prompts. */
  int takePrompt() {
    int budget = STEP_TOKENS - decoding.size();
    int taken = 0;
    for (Request request : prefilling) {
      int part = Math.min(request.promptTokensLeft, budget - taken);
      request.promptTokensLeft -= part;
      taken += part;
    }
    return taken;
  }

  /**
   * Ends a step: one token per decoding request, first tokens, and the requests that are done.
   *
   * @param ended is called for each of the latter
   */
  void endStep(
      long startUs, long atUs, int prompt, EngineCounters counters, Consumer<Request> ended) {
    stepNumber++;
    int decoded = decoding.size();
    counters.decoded(decoded, atUs - startUs);
    contextTokens += decoded;
    int first = firstTokens(atUs, counters);
    counters.iterationTokens.observe((long) prompt + decoded + first);
    for (Request request : done()) {
      contextTokens -= request.promptTokens + request.outputTokens;
      reservedTokens -= size(request);
      counters.finish(request, atUs);
      ended.accept(request);
    }
    while (contextTokens > capacity.usableTokens() && decoding.size() > 1) {
      preempt(counters);
    }
  }

  /** The youngest gives its blocks back; all it has is computed again when there is room. */
  private void preempt(EngineCounters counters) {
    Request youngest =
        decoding.stream().max(Comparator.comparingLong(r -> r.arrivedUs)).orElseThrow();
    decoding.remove(youngest);
    youngest.doneTokens = tokensOf(youngest);
    youngest.promptTokensLeft = youngest.promptTokens + youngest.doneTokens;
    contextTokens -= youngest.promptTokensLeft;
    reservedTokens -= size(youngest);
    waiting.addFirst(youngest);
    counters.preempted();
  }

  private int tokensOf(Request request) {
    return (int) Math.min(request.outputTokens, stepNumber - request.firstStep + 1);
  }

  private int firstTokens(long atUs, EngineCounters counters) {
    int first = 0;
    while (!prefilling.isEmpty() && prefilling.peek().promptTokensLeft == 0) {
      Request request = prefilling.poll();
      request.firstStep = stepNumber - request.doneTokens;
      request.finishStep = request.firstStep + Math.max(0, request.outputTokens - 1);
      contextTokens +=
          request.promptTokens + request.doneTokens + Math.min(1, request.outputTokens);
      if (request.doneTokens > 0) {
        counters.resumed();
      } else {
        request.firstTokenUs = atUs;
        counters.firstToken(request);
      }
      decoding.add(request);
      first += Math.min(1, request.outputTokens);
    }
    return first;
  }

  private List<Request> done() {
    List<Request> done = new ArrayList<>();
    while (!decoding.isEmpty() && decoding.peek().finishStep <= stepNumber) {
      done.add(decoding.poll());
    }
    return done;
  }

  /**
   * Room for all of it is kept free, so that nothing is preempted. Where blocks were lost, only the
   * prompt is looked at, as vLLM does.
   */
  private boolean fits(Request request) {
    if (capacity.isShort()) {
      long prompts = prefilling.stream().mapToLong(r -> r.promptTokens + r.doneTokens).sum();
      long own = request.promptTokens + request.doneTokens + BLOCK;
      return running() == 0 || contextTokens + prompts + own <= capacity.usableTokens();
    }
    return running() == 0 || reservedTokens + size(request) <= capacity.kvTokens;
  }

  private static long size(Request request) {
    return ((long) request.promptTokens + request.outputTokens + BLOCK - 1) / BLOCK * BLOCK;
  }
}
