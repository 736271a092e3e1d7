package io.tokenwatt.quickstart.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a benchmark found.
 *
 * @param notes what a reader must know to read the figures rightly
 */
public record Outcome(List<Figure> figures, List<String> notes) {

  /** Words for people. */
  public Section table(String name, String title) {
    Section section =
        Section.of(name, title, "what", "ours", "peer", "peer is", "ratio", "goal", "met");
    List<String> remarks = new ArrayList<>();
    for (Figure figure : figures) {
      section.row(
          figure.what(),
          figure.ours() == null ? null : figure.ours().text(figure.unit()),
          figure.peer() == null ? null : figure.peer().text(figure.unit()),
          figure.peerName().isEmpty() ? null : figure.peerName(),
          figure.ratio(),
          figure.goal().text(figure.unit()),
          figure.goal().met(figure));
      if (!figure.remark().isEmpty()) {
        remarks.add(figure.what() + ": " + figure.remark());
      }
    }
    remarks.forEach(section::note);
    notes.forEach(section::note);
    return section;
  }

  /** Numbers for programs. */
  public Section data(String name, String title) {
    Section section =
        Section.of(
            name,
            title,
            "what",
            "unit",
            "rounds",
            "ours",
            "ours_min",
            "ours_max",
            "peer_name",
            "peer",
            "peer_min",
            "peer_max",
            "ratio",
            "goal",
            "met",
            "remark");
    for (Figure figure : figures) {
      Spread ours = figure.ours();
      Spread peer = figure.peer();
      section.row(
          figure.what(),
          figure.unit(),
          ours == null ? null : ours.rounds(),
          ours == null ? null : ours.median(),
          ours == null ? null : ours.min(),
          ours == null ? null : ours.max(),
          figure.peerName(),
          peer == null ? null : peer.median(),
          peer == null ? null : peer.min(),
          peer == null ? null : peer.max(),
          figure.ratio(),
          figure.goal().text(figure.unit()),
          figure.goal().met(figure),
          figure.remark());
    }
    notes.forEach(section::note);
    return section;
  }
}
