package io.tokenwatt.storage;

import io.tokenwatt.storage.KnownFleet.Node;

/** Rows for tests of other packages. */
public final class TestFacts {
  private TestFacts() {}

  /** Eight boards of cell ("eu", "H100-SXM", "llama"), 325 W each, 800 tokens/s. */
  public static void writeSteadyNode(TestDatabase database, long fromMs, long toMs) {
    KnownFleet fleet = new KnownFleet("llama").read(new Node(8, 325, 4_000, 800), fromMs, toMs);
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(fleet.rows());
    }
  }
}
