package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.suspect.Scene.BoardView;
import java.util.List;

/**
 * NVLink carries less per token of its own node, or PCIe carries what NVLink carried. NVLink's
 * bytes are shown by dcgm-exporter only where it is asked to, PCIe's by default.
 */
final class LinkRule implements Candidate.Rule {
  @Override
  public List<Candidate> look(Scene scene) {
    List<BoardView> less =
        scene.boards.stream()
            .filter(
                b ->
                    b.is(
                        BoardSign.NVLINK,
                        s -> s.fell(0.2) && s.after() < 0.75 * scene.work(b.node()) * s.before()))
            .toList();
    List<BoardView> more =
        scene.boards.stream()
            .filter(
                b ->
                    b.is(
                        BoardSign.PCIE,
                        s -> s.rose(0.5) && s.after() > 1.5 * scene.work(b.node()) * s.before()))
            .toList();
    if (less.isEmpty() && more.isEmpty()) {
      return List.of();
    }
    // NVLink's bytes follow the prompts and are noisy: what either link shows, counts.
    List<BoardView> boards =
        scene.boards.stream().filter(b -> less.contains(b) || more.contains(b)).toList();
    List<Shift> nvlink = shifts(less, BoardSign.NVLINK);
    List<Shift> pcie = shifts(more, BoardSign.PCIE);
    List<Shift> timed = pcie.size() >= nvlink.size() ? pcie : nvlink;
    String evidence =
        (nvlink.isEmpty() ? "" : Words.change("NVLink", nvlink, "MB/s"))
            + (nvlink.isEmpty() || pcie.isEmpty() ? "" : ", ")
            + (pcie.isEmpty() ? "" : Words.change("PCIe", pcie, "MB/s"))
            + ' '
            + Words.on(boards.size(), scene.boards.size(), "board")
            + ' '
            + Words.since(Words.start(timed));
    double score = !less.isEmpty() ? 0.93 : 0.85;
    double coverage = 0.5 + 0.5 * boards.size() / scene.boards.size();
    return List.of(
        Candidate.of(
            SuspectKind.INTERCONNECT,
            Places.hardware(scene),
            score * coverage * scene.timing(Words.start(timed)),
            evidence,
            boards));
  }

  private static List<Shift> shifts(List<BoardView> boards, BoardSign sign) {
    return boards.stream().flatMap(b -> b.shift(sign).stream()).toList();
  }
}
