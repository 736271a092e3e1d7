package io.tokenwatt.jobs.latency;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import java.util.Optional;

/** Decodes a record and checks that it does not contradict itself. Never throws, quotes nothing. */
public final class EventCheck {
  private static final int MAX_BYTES = 64 << 10;

  /** A completion further ahead of Kafka's clock is not a wrong clock but a wrong value. */
  private static final long MAX_AHEAD_MS = 24 * 3_600_000L;

  /**
   * An event, or why there is none.
   *
   * @param reason short and stable
   */
  public record Result(Optional<RequestEvent> event, String reason) {
    static Result bad(String reason) {
      return new Result(Optional.empty(), reason);
    }
  }

  private EventCheck() {}

  /**
   * @param key the Kafka record's key, which must be the event id
   * @param recordMs Kafka's record time
   */
  public static Result decode(String key, byte[] value, long recordMs) {
    if (value.length == 0 || value.length > MAX_BYTES) {
      return Result.bad(value.length == 0 ? "empty" : "too_large");
    }
    RequestEvent event;
    try {
      event = RequestEvent.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      return Result.bad("not_protobuf");
    }
    if (event.getEventId().isEmpty() || !event.getEventId().equals(key)) {
      return Result.bad("wrong_key");
    }
    if (event.getStatus() == RequestStatus.REQUEST_STATUS_UNSPECIFIED
        || event.getStatus() == RequestStatus.UNRECOGNIZED) {
      return Result.bad("bad_status");
    }
    if (event.getCompletedAtMs() <= 0 || event.getCompletedAtMs() > recordMs + MAX_AHEAD_MS) {
      return Result.bad("bad_time");
    }
    return amountsAreSane(event) ? new Result(Optional.of(event), "") : Result.bad("bad_amount");
  }

  private static boolean amountsAreSane(RequestEvent e) {
    return e.getPromptTokens() >= 0
        && e.getPromptTokensCached() >= 0
        && e.getOutputTokens() >= 0
        && e.getReasoningTokens() >= 0
        && e.getTtftGatewayUs() >= 0
        && e.getE2EGatewayUs() >= 0
        && e.getTtftClientUs() >= 0
        && e.getE2EClientUs() >= 0;
  }
}
