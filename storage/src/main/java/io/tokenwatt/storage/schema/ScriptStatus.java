package io.tokenwatt.storage.schema;

/**
 * What became of one script.
 *
 * @param appliedAt UTC, "" if never
 */
public record ScriptStatus(String script, State state, String checksum, String appliedAt) {

  /** The script's text compared with what the history says was applied, by checksum. */
  public enum State {
    /** Applied with this text. */
    APPLIED,
    /** Not yet applied, or a repeatable script whose text has changed since. */
    PENDING,
    /** A versioned script that was edited after it had been applied: it will not be run again. */
    CHANGED
  }
}
