package io.tokenwatt.jobs.rejects;

import io.tokenwatt.jobs.changes.ToldCheck;
import io.tokenwatt.jobs.node.SampleCheck;
import io.tokenwatt.model.Topics;
import java.util.Locale;
import java.util.Set;

/**
 * What would become of a kept record if it were sent to where it came from once more. Pure.
 *
 * @param why for people; "" where it would be read
 */
record Prospect(Fate fate, String why) {
  /** Only the first is worth sending. */
  enum Fate {
    /** This version reads what an earlier one could not. */
    READABLE,
    /** This version cannot read it either. */
    UNREADABLE,
    /** It was read when it came; the log's order decided, and decides the same again. */
    DECIDED,
    /** Only its reason was kept, or not where it came from. */
    NOT_KEPT,
    /** Of a topic that holds neither node samples nor events. */
    FOREIGN;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Given by the order of the log or beside a record that counted; see NodeMeterFunction. */
  private static final Set<String> DECIDED =
      Set.of("out_of_order", "two_agents", "late", "label_limit", "unknown_bounds");

  /**
   * @param samples the topic whose records are node samples. Headers are written by whoever may
   *     write tokenwatt.rejects, so what they name is believed for two topics only.
   */
  static Prospect of(Kept kept, String samples) {
    if (DECIDED.contains(kept.reason())) {
      return new Prospect(Fate.DECIDED, "it was read when it came: " + kept.reason());
    }
    if (kept.topic().isEmpty() || kept.origin().isEmpty()) {
      return new Prospect(Fate.NOT_KEPT, "only the reason was kept");
    }
    if (kept.topic().equals(Topics.REQUEST_EVENTS)) {
      return new Prospect(Fate.NOT_KEPT, "of requests nothing but the reason is kept");
    }
    if (kept.topic().equals(Topics.EVENTS)) {
      return told(kept);
    }
    return kept.topic().equals(samples)
        ? sample(kept)
        : new Prospect(Fate.FOREIGN, "came from " + kept.topic() + ", not from " + samples);
  }

  private static Prospect told(Kept kept) {
    ToldCheck.Result result = ToldCheck.decode(kept.keyText(), kept.value(), kept.timeMs());
    return result.event().isPresent()
        ? new Prospect(Fate.READABLE, "")
        : unreadable(result.reason(), result.detail());
  }

  private static Prospect sample(Kept kept) {
    SampleCheck.Result result = SampleCheck.decode(kept.keyText(), kept.value());
    return result.sample().isPresent()
        ? new Prospect(Fate.READABLE, "")
        : unreadable(result.reason(), result.detail());
  }

  private static Prospect unreadable(String reason, String detail) {
    return new Prospect(Fate.UNREADABLE, detail.isEmpty() ? reason : reason + ": " + detail);
  }
}
