package io.tokenwatt.jobs.events;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** One option per field of an event (collectors/EVENTS.md), so that both go by the same names. */
final class EventOptions {
  private static final Map<String, String> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("time", "Since when, 2026-11-21T15:00:00Z; default: now.");
    FIELDS.put("event_id", "Unique for the change; default: made of what is said.");
    FIELDS.put("region", "What it touches, by the names of the tables; absent = all.");
    for (String scope : "cluster node hardware model workload deployment".split(" ")) {
      FIELDS.put(scope, "As --region.");
    }
    FIELDS.put("engine", "What runs from then on; absent = unknown or not touched.");
    for (String setup :
        "engine_version driver tensor_parallel pipeline_parallel data_parallel max_batch speculative_decoding power_limit_w config_hash"
            .split(" ")) {
      FIELDS.put(setup, "As --engine.");
    }
    FIELDS.put("link", "Where to read more.");
    FIELDS.put("actor", "Who says so; default: the user of this machine.");
    FIELDS.put("why", "The reason.");
    FIELDS.put("regression", "With --kind accept: which regression's level is accepted.");
  }

  private EventOptions() {}

  static void addTo(CommandSpec command) {
    FIELDS.forEach(
        (field, description) ->
            command.addOption(
                OptionSpec.builder(option(field))
                    .type(String.class)
                    .paramLabel("TEXT")
                    .description(description)
                    .build()));
  }

  /** What was given, by field. */
  static Map<String, String> of(CommandSpec command) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String field : FIELDS.keySet()) {
      String value = command.findOption(option(field)).getValue();
      if (value != null && !value.isEmpty()) {
        given.put(field, value);
      }
    }
    return given;
  }

  private static String option(String field) {
    return "--" + field.replace('_', '-');
  }
}
