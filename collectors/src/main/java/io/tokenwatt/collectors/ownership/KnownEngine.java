package io.tokenwatt.collectors.ownership;

import java.util.Map;
import java.util.OptionalInt;

/**
 * A serving engine of the node, by its last answer: it stays one while its scrape fails, so that a
 * failed scrape never makes its neighbour the owner of all boards.
 *
 * @param target its name
 * @param kind the exporter that reads it
 * @param model as it last named it; "" = not known
 * @param info what it last said of itself
 * @param position its index in the record; empty = it did not answer this tick
 */
public record KnownEngine(
    String target, String kind, String model, Map<String, String> info, OptionalInt position) {

  /** What to call its workload where nobody gave a name. */
  String workload() {
    return model.isEmpty() ? target : model;
  }
}
