package io.tokenwatt.alerts.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.Timing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What each reading does to an alert; letters are evaluations 10 s apart. */
class AlertStateTest {
  private static final Duration TEN_S = Duration.ofSeconds(10);
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Timing AT_ONCE = timing(0, 0);

  @Test
  void aRuleWithoutPatienceFiresAndResolvesAtOnce() {
    assertThat(phases(AT_ONCE, "BG")).isEqualTo("firing resolved");
  }

  @Test
  void itFiresOnceItWasBadForAsLongAsTheRuleAsks() {
    assertThat(phases(timing(20, 0), "BBBG")).isEqualTo("pending pending firing resolved");
  }

  @Test
  void whatRecoversWhilePendingIsWithdrawn() {
    assertThat(phases(timing(20, 0), "BG")).isEqualTo("pending withdrawn");
    assertThat(phases(timing(20, 0), "BM")).isEqualTo("pending withdrawn");
  }

  @Test
  void whatIsUnknownNeitherFiresNorResolves() {
    assertThat(phases(timing(20, 0), "BUUU")).isEqualTo("pending pending pending pending");
    assertThat(phases(AT_ONCE, "BUUUU")).isEqualTo("firing firing firing firing firing");
    assertThat(phases(timing(0, 10), "BGUUU"))
        .isEqualTo("firing keep_firing keep_firing keep_firing keep_firing");
  }

  @Test
  void whatWasUnknownForAWhileIsStillPendingFromItsFirstBadReading() {
    assertThat(phases(timing(20, 0), "BUB")).isEqualTo("pending pending firing");
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyWaiting() {
    Timing timing = timing(20, 20);
    AlertState pending = AlertState.first(timing, START);
    Instant earlier = START.minus(Duration.ofHours(3));
    assertThat(pending.next(timing, Reading.BAD, earlier).phase()).isEqualTo(Phase.WITHDRAWN);

    AlertState over = AlertState.first(timing(0, 20), START).next(timing, Reading.GOOD, START);
    AlertState back = over.next(timing, Reading.GOOD, earlier);
    assertThat(back.phase()).isEqualTo(Phase.KEEP_FIRING);
    assertThat(back.next(timing, Reading.GOOD, earlier.plusSeconds(20)).phase())
        .isEqualTo(Phase.RESOLVED);
  }

  @Test
  void aPendingAlertIsWithdrawnAfterALongOutageAndMayStartAnew() {
    Timing timing = timing(20, 0);
    AlertState before = AlertState.first(timing, START);
    Instant later = START.plus(AlertState.OUTAGE).plusSeconds(1);
    AlertState after = before.next(timing, Reading.BAD, later);
    assertThat(after.phase()).isEqualTo(Phase.WITHDRAWN);
  }

  @Test
  void oneMissingRowResolvesNothingAndTwoSayThatTheRowIsGone() {
    assertThat(phases(AT_ONCE, "BMBMB")).isEqualTo("firing firing firing firing firing");
    assertThat(phases(AT_ONCE, "BMM")).isEqualTo("firing firing resolved");
    assertThat(last(AT_ONCE, "BMM").ending()).isEqualTo(Ending.GONE);
    assertThat(last(AT_ONCE, "BG").ending()).isEqualTo(Ending.RECOVERED);
  }

  @Test
  void flappingIsOneIncidentWhileTheRuleKeepsFiring() {
    assertThat(phases(timing(0, 20), "BGBGGG"))
        .isEqualTo("firing keep_firing firing keep_firing keep_firing resolved");
    assertThat(last(timing(0, 20), "BGBGG").since()).isEqualTo(START);
  }

  @Test
  void whatIsOverStaysOver() {
    assertThat(phases(AT_ONCE, "BGB")).isEqualTo("firing resolved resolved");
  }

  @Test
  void aRuleThatIsRemovedEndsWhatItHadOpenAndSaysSo() {
    assertThat(last(AT_ONCE, "B").ruleRemoved().phase()).isEqualTo(Phase.RESOLVED);
    assertThat(last(timing(10, 0), "B").ruleRemoved().phase()).isEqualTo(Phase.WITHDRAWN);
    assertThat(last(AT_ONCE, "B").ruleRemoved().ending()).isEqualTo(Ending.RULE_REMOVED);
  }

  static Reading reading(char letter) {
    return switch (letter) {
      case 'B' -> Reading.BAD;
      case 'G' -> Reading.GOOD;
      case 'M' -> Reading.MISSING;
      default -> Reading.UNKNOWN;
    };
  }

  private static String phases(Timing timing, String readings) {
    StringBuilder phases = new StringBuilder();
    for (int i = 1; i <= readings.length(); i++) {
      phases.append(last(timing, readings.substring(0, i)).phase().label()).append(' ');
    }
    return phases.toString().strip();
  }

  /** The first reading has to be bad. */
  private static AlertState last(Timing timing, String readings) {
    AlertState state = AlertState.first(timing, START);
    for (int i = 1; i < readings.length(); i++) {
      state = state.next(timing, reading(readings.charAt(i)), START.plusSeconds(10L * i));
    }
    return state;
  }

  private static Timing timing(long pendingS, long keepFiringS) {
    return new Timing(
        TEN_S, TEN_S, Duration.ofSeconds(pendingS), Duration.ofSeconds(keepFiringS), TEN_S);
  }
}
