package io.tokenwatt.alerts.ruletest;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Sample;
import io.tokenwatt.alerts.Timing;
import io.tokenwatt.alerts.incident.AlertState;
import io.tokenwatt.alerts.incident.Phase;
import io.tokenwatt.alerts.incident.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a rule's alerts over its evaluations; the state machine is that of delivery. */
final class Timeline {

  /** One alert from its first firing evaluation on; {@code resolved} null = it still fires. */
  record Fired(Sample first, Instant at, Instant resolved) {}

  private final Timing timing;
  private final Map<Map<String, String>, AlertState> open = new LinkedHashMap<>();
  private final Map<Map<String, String>, Fired> firing = new LinkedHashMap<>();
  private final List<Fired> ended = new ArrayList<>();

  Timeline(Rule rule) {
    timing = rule.timing();
  }

  void evaluated(List<Sample> samples, Instant at) {
    Map<Map<String, String>, Sample> rows = new HashMap<>();
    samples.forEach(sample -> rows.put(sample.labels(), sample));
    for (Sample sample : samples) {
      if (sample.reading() == Reading.BAD && !open.containsKey(sample.labels())) {
        keep(sample.labels(), AlertState.first(timing, at), sample, at);
        rows.remove(sample.labels());
      }
    }
    for (Map.Entry<Map<String, String>, AlertState> each : Map.copyOf(open).entrySet()) {
      Sample sample = rows.get(each.getKey());
      if (sample != null || each.getValue().lastBad().isBefore(at)) {
        Reading reading = sample == null ? Reading.MISSING : sample.reading();
        keep(each.getKey(), each.getValue().next(timing, reading, at), sample, at);
      }
    }
  }

  /** All that fired, ended ones first. */
  List<Fired> fired() {
    List<Fired> all = new ArrayList<>(ended);
    all.addAll(firing.values());
    return all;
  }

  private void keep(Map<String, String> labels, AlertState state, Sample sample, Instant at) {
    if (state.phase().open()) {
      open.put(labels, state);
    } else {
      open.remove(labels);
    }
    if (state.phase() == Phase.FIRING) {
      firing.putIfAbsent(labels, new Fired(sample, at, null));
    }
    if (state.phase() == Phase.RESOLVED && firing.containsKey(labels)) {
      Fired fired = firing.remove(labels);
      ended.add(new Fired(fired.first(), fired.at(), at));
    }
  }
}
