package io.tokenwatt.collectors.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockTest {
  private static final long HOUR = 3_600_000;

  @Test
  void aClockThatIsSetIsNoticedOnceAndASlewedOneIsNot() {
    ClockJump jump = new ClockJump();
    assertThat(jump.look(new Moment(1000, 5_000_000))).isZero();
    assertThat(jump.look(new Moment(2000, 5_001_000))).isZero();
    assertThat(jump.look(new Moment(3000, 5_002_000 + HOUR))).isEqualTo(HOUR);
    assertThat(jump.look(new Moment(4000, 5_003_000 + HOUR))).isZero();
    assertThat(jump.look(new Moment(5000, 5_004_000))).isEqualTo(-HOUR);
    assertThat(jump.look(new Moment(6000, 5_004_999 + 999))).as("below a second").isZero();
    assertThat(jump.look(new Moment(307_000, 5_305_998 + 150))).as("NTP, 500 ppm").isZero();
  }

  @Test
  void anAgentThatStoodStillSeesNoJump() {
    ClockJump jump = new ClockJump();
    jump.look(new Moment(1000, 5_000_000));
    assertThat(jump.look(new Moment(1000 + HOUR, 5_000_000 + HOUR))).isZero();
  }

  /** Truth: here = broker + offset; a record travels and is acknowledged in any time. */
  @Test
  void aClockWithinBoundsIsNeverAccusedAndOneFarOutIsWhereTheTripWasShort() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long offset = random.nextInt(20_000) - 10_000;
      long there = random.nextInt(random.nextBoolean() ? 50 : 600_000);
      long back = random.nextInt(random.nextBoolean() ? 50 : 600_000);
      long sent = 1_000_000 + offset;
      long skew = new BrokerSkew().learn(sent, 1_000_000 + there, sent + there + back);
      if (Math.abs(offset) <= BrokerSkew.BOUND_MS) {
        assertThat(skew).as("seed %d", seed).isZero();
      } else if (there + back < Math.abs(offset) - BrokerSkew.BOUND_MS) {
        assertThat(Long.signum(skew)).as("seed %d", seed).isEqualTo(Long.signum(offset));
        assertThat(Math.abs(skew))
            .as("at least, seed %d", seed)
            .isLessThanOrEqualTo(Math.abs(offset));
      }
    }
  }

  @Test
  void theClocksOfThisMachineGoOnFromProcessToProcess() {
    BootClock first = BootClock.read();
    BootClock second = BootClock.read();
    assertThat(second.boot()).isEqualTo(first.boot());
    Moment earlier = first.get();
    Moment later = second.get();
    // /proc/uptime is told in hundredths of a second.
    assertThat(later.since(earlier)).isGreaterThanOrEqualTo(-20);
  }
}
