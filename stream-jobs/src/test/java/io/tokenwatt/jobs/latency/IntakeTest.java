package io.tokenwatt.jobs.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.latency.Intake.Outcome;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final long NOW = 1_763_725_000_000L;
  private static final long MINUTE = 60_000;

  private static RequestEvent completed(long ms) {
    return RequestEvent.newBuilder()
        .setEventId("e")
        .setCompletedAtMs(ms)
        .setStatus(RequestStatus.REQUEST_OK)
        .build();
  }

  private static Outcome first(long completedMs) {
    return Intake.outcome(completed(completedMs), NOW, Long.MIN_VALUE);
  }

  @Test
  void anEventIsLateMoreThanFifteenMinutesBeforeItsRecord() {
    assertThat(first(NOW - 15 * MINUTE)).isEqualTo(Outcome.COUNTED);
    assertThat(first(NOW - 15 * MINUTE - 1)).isEqualTo(Outcome.LATE);
  }

  @Test
  void aClockThatIsAheadIsNotBelieved() {
    assertThat(Intake.eventTimeMs(completed(NOW + 2_000), NOW)).isEqualTo(NOW + 2_000);
    assertThat(Intake.clockSkew(completed(NOW + 2_000), NOW)).isFalse();
    assertThat(Intake.eventTimeMs(completed(NOW + 2_001), NOW)).isEqualTo(NOW);
    assertThat(Intake.clockSkew(completed(NOW + 2_001), NOW)).isTrue();
  }

  @Test
  void whateverItsClockAndWheneverItIsSentAgainAnEventCountsOnce() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("IntakeTest seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      RequestEvent event = completed(NOW + random.nextLong(-30 * MINUTE, 24 * 60 * MINUTE));
      long recordMs = NOW;
      long forgetAt = Long.MIN_VALUE;
      int counted = 0;
      for (int sent = 0; sent < 6; sent++) {
        Outcome outcome = Intake.outcome(event, recordMs, forgetAt);
        if (outcome == Outcome.COUNTED) {
          counted++;
          forgetAt = Intake.forgetAtMs(event, recordMs);
        }
        recordMs += random.nextLong(0, random.nextBoolean() ? MINUTE : 20 * 60 * MINUTE);
        if (recordMs > forgetAt + 10 * MINUTE) {
          forgetAt = Long.MIN_VALUE; // the timer cleared the state
        }
      }
      assertThat(counted)
          .as("completed %d, seed %d", event.getCompletedAtMs() - NOW, seed)
          .isLessThan(2);
    }
  }

  @Test
  void aRecordThatContradictsItselfIsRejectedByReasonOnly() {
    RequestEvent good = completed(NOW);
    assertThat(EventCheck.decode("e", good.toByteArray(), NOW).event()).contains(good);
    assertThat(EventCheck.decode("f", good.toByteArray(), NOW).reason()).isEqualTo("wrong_key");
    assertThat(EventCheck.decode("e", new byte[0], NOW).reason()).isEqualTo("empty");
    assertThat(EventCheck.decode("e", "a prompt".getBytes(StandardCharsets.UTF_8), NOW).reason())
        .isEqualTo("not_protobuf");
    assertThat(
            EventCheck.decode("e", good.toBuilder().clearStatus().build().toByteArray(), NOW)
                .reason())
        .isEqualTo("bad_status");
    assertThat(
            EventCheck.decode("e", completed(NOW + 24 * 60 * MINUTE + 1).toByteArray(), NOW)
                .reason())
        .isEqualTo("bad_time");
    assertThat(
            EventCheck.decode("e", good.toBuilder().setOutputTokens(-1).build().toByteArray(), NOW)
                .reason())
        .isEqualTo("bad_amount");
  }
}
