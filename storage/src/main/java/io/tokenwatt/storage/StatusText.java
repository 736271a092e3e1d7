package io.tokenwatt.storage;

import io.tokenwatt.storage.schema.ScriptStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The state of all scripts as text for people or for programs. */
final class StatusText {
  private static final String LINE = "%-40s %-8s %-23s %s";

  private StatusText() {}

  static String table(List<ScriptStatus> status) {
    return LINE.formatted("SCRIPT", "STATE", "APPLIED AT (UTC)", "CHECKSUM")
        + "\n"
        + status.stream()
            .map(s -> LINE.formatted(s.script(), state(s), s.appliedAt(), s.checksum()))
            .collect(Collectors.joining("\n"));
  }

  /** No value needs escaping: they are resource names, words, times and hex digits. */
  static String json(List<ScriptStatus> status) {
    return status.stream()
        .map(
            s ->
                """
                {"script": "%s", "state": "%s", "applied_at": "%s", "checksum": "%s"}"""
                    .formatted(s.script(), state(s), s.appliedAt(), s.checksum()))
        .collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
  }

  private static String state(ScriptStatus status) {
    return status.state().name().toLowerCase(Locale.ROOT);
  }
}
