package io.tokenwatt.collectors.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.clock.Moment;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static Moment at(long ms) {
    return new Moment(ms, ms);
  }

  private static int takeAll(Pace pace) {
    int taken = 0;
    while (pace.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void whatWaitedFollowsAtSoManyTimesTheLiveRate() {
    Pace pace = new Pace(10);
    pace.free(true, at(0));
    takeAll(pace);
    int sent = 0;
    for (int tick = 1; tick <= 60; tick++) {
      pace.free(true, at(tick * 900L));
      pace.accepted(at(tick * 900L));
      sent += takeAll(pace);
    }
    assertThat(sent).isEqualTo(600);
  }

  @Test
  void anOutageIsNotSavedUp() {
    Pace pace = new Pace(10);
    pace.free(false, at(0));
    for (int tick = 1; tick <= 600; tick++) {
      pace.accepted(at(tick * 1000L));
    }
    pace.free(true, at(600_500));
    assertThat(takeAll(pace)).isEqualTo(10);
  }

  @Test
  void quietHoursAreNotSavedUp() {
    Pace pace = new Pace(10);
    for (int tick = 1; tick <= 600; tick++) {
      pace.free(true, at(tick * 1000L));
      pace.accepted(at(tick * 1000L));
      pace.take();
      pace.idle();
    }
    assertThat(takeAll(pace)).isLessThanOrEqualTo(10);
  }

  @Test
  void withoutLiveRecordsItGoesOnAsIfOneCameEachSecond() {
    Pace pace = new Pace(10);
    int sent = 0;
    for (long ms = 0; ms < 60_000; ms += 100) {
      pace.free(true, at(ms));
      sent += takeAll(pace);
    }
    assertThat(sent).isEqualTo(600);
  }
}
