package io.tokenwatt.collectors.exposition;

import java.util.List;
import java.util.Map;

/**
 * One body, read. Every line is counted exactly once: {@code lines = samples + rejects + comments}.
 *
 * @param samples in written order
 * @param rejects lines that could not be read, in written order; the first {@value
 *     ExpositionParser#MAX_REJECT_TEXTS} keep their text
 * @param lines lines of the body; a last line without a newline counts, an empty body has none
 * @param comments lines that carry no sample: comments, HELP, TYPE, UNIT, {@code # EOF}, blank ones
 * @param types the type that each family's TYPE line names, by the family's name as written there
 *     (an OpenMetrics counter {@code a} has samples {@code a_total}); the first TYPE of a family
 *     counts
 * @param documentProblems readable lines that break a rule of the whole document, such as families
 *     that interleave, a counter below zero or a missing {@code # EOF}. Their samples are in {@code
 *     samples} all the same: whoever reads decides. The first thousand; no part of the line sum.
 */
public record Exposition(
    List<Sample> samples,
    List<Reject> rejects,
    int lines,
    int comments,
    Map<String, FamilyType> types,
    List<Reject> documentProblems) {

  public Exposition {
    samples = List.copyOf(samples);
    rejects = List.copyOf(rejects);
    types = Map.copyOf(types);
    documentProblems = List.copyOf(documentProblems);
  }

  /** An exposition whose document keeps every rule. */
  public Exposition(
      List<Sample> samples,
      List<Reject> rejects,
      int lines,
      int comments,
      Map<String, FamilyType> types) {
    this(samples, rejects, lines, comments, types, List.of());
  }

  /** The same page with other values. */
  Exposition withSamples(List<Sample> others) {
    return new Exposition(others, rejects, lines, comments, types, documentProblems);
  }

  /** True if every line could be read and no rule of the document is broken. */
  public boolean isClean() {
    return rejects.isEmpty() && documentProblems.isEmpty();
  }
}
