package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.suspect.Scene.BoardView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Boards that run slower, and why: what the driver says (limit, event reasons, violation times)
 * before what clock, watts and temperature let guess. dcgm-exporter shows limit, reasons and
 * violation times only where it is asked to; without them nothing here is certain.
 */
final class ClockRule implements Candidate.Rule {
  /** Where more than one reason would do. */
  private static final double GUESS = 0.5;

  /** Below what is called a cause. */
  private static final double WEAK = 0.35;

  /** A lock holds to one step of the clock; a power cap follows the load. */
  private static final double PINNED_MHZ = 20;

  /** Mean power of a window, against the limit, at which peaks may touch it. */
  private static final double REACHED = 0.9;

  @Override
  public List<Candidate> look(Scene scene) {
    List<Candidate> found = new ArrayList<>();
    List<BoardView> slower = boards(scene, ClockRule::isSlower);
    List<BoardView> lowered = boards(scene, ClockRule::isLimitLower);
    if (!lowered.isEmpty()) {
      boolean felt = slower.stream().anyMatch(lowered::contains);
      found.add(suspect(scene, SuspectKind.POWER_CAP, felt ? 0.97 : 0.7, lowered, ""));
    }
    List<BoardView> heated = boards(scene, ClockRule::isHeated);
    add(scene, found, SuspectKind.THERMAL, 0.97, heated, "; thermal slowdown is reported");
    List<BoardView> braked = boards(scene, b -> isBraked(b) && !isHeated(b));
    add(scene, found, SuspectKind.HW_SLOWDOWN, 0.98, braked, "; HW slowdown is reported");
    List<BoardView> set = boards(scene, b -> isSet(b) && isSlower(b));
    add(scene, found, SuspectKind.CLOCK, 0.96, set, "; the clocks setting is the reported reason");
    if (found.isEmpty()) {
      List<BoardView> capped = boards(scene, b -> isSlower(b) && isCapped(b));
      boolean limitKnown =
          capped.stream().anyMatch(b -> b.shift(BoardSign.POWER_LIMIT).isPresent());
      String text =
          limitKnown
              ? "; the power cap acts more, the limit is as before"
              : "; the power cap acts, the limit is not shown";
      add(scene, found, SuspectKind.POWER_CAP, limitKnown ? 0.45 : 0.8, capped, text);
    }
    if (found.isEmpty() && !slower.isEmpty()) {
      found.addAll(withoutReason(scene, slower));
    }
    return found;
  }

  /** Clocks fell and no reason is reported. */
  private static List<Candidate> withoutReason(Scene scene, List<BoardView> slower) {
    List<BoardView> hot = slower.stream().filter(ClockRule::isHot).toList();
    if (2 * hot.size() > slower.size()) {
      return List.of(suspect(scene, SuspectKind.THERMAL, 0.75, hot, "; hotter at no more watts"));
    }
    if (slower.stream().allMatch(ClockRule::hasRoom)) {
      String text = "; no power or thermal reason, the limit is as before and not reached";
      return List.of(suspect(scene, SuspectKind.CLOCK, 0.88, slower, text));
    }
    List<Shift> clocks = shifts(slower, BoardSign.SM_CLOCK, s -> !Double.isNaN(s.spread()));
    if (clocks.isEmpty()) {
      String text = "; too early to say whether it moves with the load";
      return List.of(suspect(scene, SuspectKind.CLOCK, WEAK, slower, text));
    }
    boolean pinned = Words.middle(clocks, Shift::spread) < PINNED_MHZ;
    SuspectKind likely = pinned ? SuspectKind.CLOCK : SuspectKind.POWER_CAP;
    SuspectKind other = pinned ? SuspectKind.POWER_CAP : SuspectKind.CLOCK;
    String text =
        (pinned ? "; the same at any load" : "; it moves with the load")
            + ", limit and reasons are not shown";
    return List.of(
        suspect(scene, likely, GUESS, slower, text),
        suspect(scene, other, GUESS / 2, slower, text));
  }

  /** Its limit is known, as before, and far above what it draws: no power cap can act. */
  private static boolean hasRoom(BoardView board) {
    Optional<Shift> limit = board.shift(BoardSign.POWER_LIMIT);
    Optional<Shift> power = board.shift(BoardSign.POWER);
    return limit.isPresent()
        && power.isPresent()
        && power.get().after() < REACHED * limit.get().after();
  }

  private static List<BoardView> boards(Scene scene, Predicate<BoardView> is) {
    return scene.boards.stream().filter(is).toList();
  }

  private static void add(
      Scene scene,
      List<Candidate> found,
      SuspectKind kind,
      double score,
      List<BoardView> boards,
      String text) {
    if (!boards.isEmpty()) {
      found.add(suspect(scene, kind, score, boards, text));
    }
  }

  private static Candidate suspect(
      Scene scene, SuspectKind kind, double score, List<BoardView> boards, String text) {
    List<Shift> clocks = shifts(boards, BoardSign.SM_CLOCK, s -> s.fell(0.02));
    List<Shift> limits = shifts(boards, BoardSign.POWER_LIMIT, s -> s.fell(0.01));
    List<Shift> timed = clocks.isEmpty() ? limits : clocks;
    List<String> parts = new ArrayList<>();
    if (!clocks.isEmpty()) {
      parts.add(Words.change("SM clock", clocks, "MHz"));
    }
    if (!limits.isEmpty()) {
      parts.add(Words.change("power limit", limits, "W"));
    }
    List<Shift> warmer = shifts(boards, BoardSign.TEMPERATURE, s -> s.roseBy(4));
    if (kind == SuspectKind.THERMAL && !warmer.isEmpty()) {
      parts.add(Words.change("temperature", warmer, "°C"));
    }
    String where = Words.on(boards.size(), scene.boards.size(), "board");
    String when = timed.isEmpty() ? "" : ' ' + Words.since(Words.start(timed));
    double timing = timed.isEmpty() ? 0.8 : scene.timing(Words.start(timed));
    String evidence = String.join(", ", parts) + (parts.isEmpty() ? "" : " ") + where + when + text;
    double coverage = 0.5 + 0.5 * boards.size() / scene.boards.size();
    return Candidate.of(kind, Places.hardware(scene), score * timing * coverage, evidence, boards);
  }

  private static List<Shift> shifts(List<BoardView> boards, BoardSign sign, Predicate<Shift> what) {
    return boards.stream().flatMap(b -> b.shift(sign).stream()).filter(what).toList();
  }

  private static boolean isSlower(BoardView board) {
    return board.is(BoardSign.SM_CLOCK, s -> s.fell(0.02));
  }

  private static boolean isLimitLower(BoardView board) {
    return board.is(BoardSign.POWER_LIMIT, s -> s.fell(0.01));
  }

  private static boolean isHeated(BoardView board) {
    return board.is(BoardSign.HEAT_BITS, s -> s.roseBy(0.3))
        || board.is(BoardSign.HEAT_THROTTLED, s -> s.roseBy(0.02));
  }

  private static boolean isBraked(BoardView board) {
    return board.is(BoardSign.BRAKE_BITS, s -> s.roseBy(0.3));
  }

  private static boolean isSet(BoardView board) {
    return board.is(BoardSign.CLOCKS_SET_BIT, s -> s.roseBy(0.3));
  }

  private static boolean isCapped(BoardView board) {
    return board.is(BoardSign.POWER_CAP_BIT, s -> s.roseBy(0.2))
        || board.is(BoardSign.POWER_THROTTLED, s -> s.roseBy(0.02));
  }

  private static boolean isHot(BoardView board) {
    return board.is(BoardSign.TEMPERATURE, s -> s.roseBy(4))
        && board.is(BoardSign.POWER, s -> s.relative() < 0.03);
  }
}
