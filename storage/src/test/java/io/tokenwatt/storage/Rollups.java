package io.tokenwatt.storage;

/** Runs refreshes of rollups now and waits for them. */
final class Rollups {
  private Rollups() {}

  /** Finer ones first. */
  static void refresh(TestDatabase database, String... tables) {
    for (String table : tables) {
      String view = database.table(table + "_refresh");
      database.store().command("SYSTEM WAIT VIEW " + view);
      database.store().command("SYSTEM REFRESH VIEW " + view);
      database.store().command("SYSTEM WAIT VIEW " + view);
    }
  }
}
