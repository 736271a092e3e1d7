package io.tokenwatt.quickstart.view;

import java.util.List;

/**
 * One region x hardware x model in its latest window. A null number is not known; it is never 0.
 *
 * @param model "(unallocated)" for boards that nobody holds, "(training)" for those of a training
 *     job
 * @param tokensPerJoule output tokens per joule of the boards
 * @param promptTokensPerJoule computed prompt tokens per joule, of engines that generate nothing
 * @param usdPerMtok dollars per million output tokens, busy board time only
 * @param p95TtftS 95th percentile of the time to first token as the engines measure it, seconds
 * @param p95TtftFloorS where the percentile lies beyond the last bucket: that bucket's bound
 * @param coverage observed / expected board time, in [0, 1]
 * @param outputTokensPerS over the window
 * @param promptTokensPerS over the window, cached ones included
 * @param watts of the boards, mean over the window
 * @param energyNullReason why there is no energy ratio, as the view says; "" = there is one
 * @param usdNullReason why there are no dollars although there are tokens; "" = there are
 * @param quality flags of the row, labels of {@link io.tokenwatt.model.Quality}
 * @param windowEndS Unix seconds at which the row's window ends
 */
public record LiveRow(
    String region,
    String hardware,
    String model,
    Double tokensPerJoule,
    Double promptTokensPerJoule,
    Double joulesPerRequest,
    Double usdPerMtok,
    Double p95TtftS,
    Double p95TtftFloorS,
    Double coverage,
    Double outputTokensPerS,
    Double promptTokensPerS,
    Double watts,
    String energyNullReason,
    String usdNullReason,
    List<String> quality,
    long windowEndS) {

  public LiveRow {
    quality = List.copyOf(quality);
  }

  /** An engine that embeds or ranks: it reads prompts and generates nothing. */
  boolean promptOnly() {
    return energyNullReason.equals("prompt_only");
  }

  boolean unallocated() {
    return model.equals(LiveQuery.UNALLOCATED);
  }
}
