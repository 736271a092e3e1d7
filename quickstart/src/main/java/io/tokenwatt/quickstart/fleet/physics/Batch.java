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
  private static final int MOST_REQUESTS = 256;
  private static final int BLOCK = 16;

  private static final int MOST_WAITING = 500;

  private final long kvTokens;
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Deque<Request> prefilling = new ArrayDeque<>();
  private final PriorityQueue<Request> decoding =
      new PriorityQueue<>(Comparator.comparingLong(r -> r.finishStep));
  private long stepNumber;
  private long contextTokens;
  private long reservedTokens;

  /**
   * @param kvTokens tokens that fit the KV cache
   */
  Batch(long kvTokens) {
    this.kvTokens = kvTokens;
  }

  /** False: too many wait already, the gateway in front turns the request away. */
  boolean arrive(Request request) {
    return waiting.size() < MOST_WAITING && waiting.add(request);
  }

  /** Calls for every request that is not done, with the output tokens that it has so far. */
  void forEach(ObjIntConsumer<Request> visitor) {
    waiting.forEach(request -> visitor.accept(request, 0));
    prefilling.forEach(request -> visitor.accept(request, 0));
    decoding.forEach(
        request ->
            visitor.accept(
                request, (int) Math.min(request.outputTokens, stepNumber - request.firstStep + 1)));
  }

  /** Moves requests from the queue into the batch while there is room. */
  void admit(long atUs) {
    while (!waiting.isEmpty() && running() < MOST_REQUESTS && fits(waiting.peek())) {
      Request request = waiting.poll();
      request.admittedUs = atUs;
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
    return Math.min(1, (double) contextTokens / Math.max(1, kvTokens));
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
  }

  private int firstTokens(long atUs, EngineCounters counters) {
    int first = 0;
    while (!prefilling.isEmpty() && prefilling.peek().promptTokensLeft == 0) {
      Request request = prefilling.poll();
      request.firstTokenUs = atUs;
      request.firstStep = stepNumber;
      request.finishStep = stepNumber + Math.max(0, request.outputTokens - 1);
      contextTokens += request.promptTokens + Math.min(1, request.outputTokens);
      counters.firstToken(request);
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

  /** Room for all of it is kept free, so that nothing is ever preempted. */
  private boolean fits(Request request) {
    return running() == 0 || reservedTokens + size(request) <= kvTokens;
  }

  private static long size(Request request) {
    return ((long) request.promptTokens + request.outputTokens + BLOCK - 1) / BLOCK * BLOCK;
  }
}
