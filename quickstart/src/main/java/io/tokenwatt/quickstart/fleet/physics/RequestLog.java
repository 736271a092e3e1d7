package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;

/**
 * What the gateway in front of one engine notes of the requests that end; nothing until it is
 * opened. Holds at most {@value #MOST} between two calls of {@link #drain}, then no more. Not
 * thread-safe.
 */
public final class RequestLog {
  private static final int MOST = 200_000;

  private final String engine;
  private boolean open;
  private long number;
  private List<FinishedRequest> ended = new ArrayList<>();

  RequestLog(String engine) {
    this.engine = engine;
  }

  /** From now on requests are noted. */
  public void open() {
    open = true;
  }

  /** What was noted since the last call, in the order of time. */
  public List<FinishedRequest> drain() {
    List<FinishedRequest> all = ended;
    ended = new ArrayList<>();
    return all;
  }

  void finished(Request request, long atUs) {
    boolean aborted = request.reason == FinishReason.ABORT;
    note(
        request,
        atUs,
        request.promptTokens,
        request.answerTokens,
        aborted ? FinishedRequest.Ending.ABORTED : FinishedRequest.Ending.OK);
  }

  /** The server died while it worked on the request. */
  void broken(Request request, long atUs, int outputTokens) {
    note(request, atUs, request.promptTokens, outputTokens, FinishedRequest.Ending.ERROR);
  }

  /** No server took it. */
  void refused(Request request, long atUs) {
    note(request, atUs, 0, 0, FinishedRequest.Ending.ERROR);
  }

  private void note(
      Request request, long atUs, int prompt, int output, FinishedRequest.Ending ending) {
    if (open && ended.size() < MOST) {
      int cached = prompt == 0 ? 0 : request.promptCachedTokens;
      ended.add(
          new FinishedRequest(
              ++number,
              engine,
              request.askedUs,
              output == 0 ? -1 : request.firstTokenUs,
              atUs,
              prompt,
              cached,
              output,
              ending));
    }
  }
}
