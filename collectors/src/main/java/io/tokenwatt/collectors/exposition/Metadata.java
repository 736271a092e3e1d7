package io.tokenwatt.collectors.exposition;

/**
 * A line that says something about a family.
 *
 * @param type of a TYPE line, else null
 * @param unit of a UNIT line, else null
 */
record Metadata(Kind kind, String family, FamilyType type, String unit) {

  /** What the line says. */
  enum Kind {
    HELP,
    TYPE,
    UNIT
  }
}
