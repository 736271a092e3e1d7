package io.tokenwatt.quickstart.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Figure HALF =
      Figure.of("cpu", "ns", Spread.of(3, 1, 2)).against("vmagent 1.79", Spread.of(4, 4, 4, 9));

  @Test
  void medianStandsBetweenTheRoundsWithTheirExtremes() {
    assertThat(Spread.of(9, 1, 2)).isEqualTo(new Spread(2, 1, 9, 3));
    assertThat(Spread.of(4, 1, 2, 9)).isEqualTo(new Spread(3, 1, 9, 4));
    assertThatThrownBy(Spread::of).hasMessage("no round was measured");
  }

  @Test
  void goalSaysByHowMuchItWasMissed() {
    assertThat(row(HALF.goal(Goal.atMost(2)))).endsWith("0.5", "≤ 2.00 ns", "yes", "");
    assertThat(row(HALF.goal(Goal.atMost(1))))
        .endsWith("0.5", "≤ 1.00 ns", "NO: 2.00 times the goal", "");
    assertThat(row(HALF.goal(Goal.atLeast(4))))
        .endsWith("0.5", "≥ 4.00 ns", "NO: 0.50 times the goal", "");
    assertThat(row(HALF.goal(Goal.ratioAtMost(0.1))))
        .endsWith("0.5", "≤ 0.10 × peer", "NO: 5.00 times the goal", "");
    assertThat(row(HALF.goal(Goal.ratioAtLeast(0.5)))).endsWith("0.5", "≥ 0.50 × peer", "yes", "");
  }

  @Test
  void absentPeerStaysInTheTableWithItsReason() {
    Figure alone =
        Figure.of("cpu", "ns", Spread.of(2)).withoutPeer("vmagent", "not installed: see README");
    Outcome outcome = new Outcome(List.of(alone.goal(Goal.ratioAtMost(0.1))), List.of());
    assertThat(TextTable.of(outcome.table("agent", "Agent")))
        .contains("2.00 ns", "vmagent", "unknown: no peer", "* cpu: not installed: see README");
    assertThat(CsvText.of(List.of(outcome.data("agent", "Agent"))))
        .endsWith(
            "agent,cpu,ns,1,2.0,2.0,2.0,vmagent,,,,,≤ 0.10 × peer,unknown: no peer,"
                + "not installed: see README\n");
  }

  @Test
  void unmeasuredFigureIsNoSuccess() {
    Figure none = Figure.unmeasured("rss", "MiB", "no /proc here").goal(Goal.atMost(96));
    assertThat(row(none)).endsWith("≤ 96.0 MiB", "unknown: not measured", "no /proc here");
  }

  @Test
  void csvQuotesWhatWouldBreakIt() {
    Section section = Section.of("s", "title", "a", "b");
    section.row("one, \"two\"", Double.NaN);
    assertThat(CsvText.of(List.of(section.note("why"))))
        .isEqualTo("section,a,b\ns,\"one, \"\"two\"\"\",\n# why\n");
  }

  private static List<String> row(Figure figure) {
    Section section = new Outcome(List.of(figure), List.of()).data("n", "t");
    return section.rows().get(0).stream().map(cell -> cell + "").toList();
  }
}
