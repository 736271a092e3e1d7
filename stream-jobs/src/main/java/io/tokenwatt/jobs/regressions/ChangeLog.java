package io.tokenwatt.jobs.regressions;

import io.tokenwatt.model.fact.ChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/**
 * The events that a subtask was told, in Flink's broadcast state, and their order by time beside
 * it. An event counts from its Kafka record time on; one that is read after the watermark went past
 * that counts from then, so that none is lost.
 */
final class ChangeLog {
  /** Longer than a key waits between two looks at it. */
  static final long KEEP_MS = 2 * 3_600_000L;

  /** Events kept; beyond, the oldest go and are counted. About 1 kB each. */
  static final int MOST = 20_000;

  private ChangeBook book;

  /** Returns how many events had to go before their time. */
  long add(ChangeEvent event, long watermark, BroadcastState<String, KnownChange> state)
      throws Exception {
    load(state);
    long since = Math.max(event.version(), watermark + 1);
    String key = event.eventId() + '\u001f' + event.version();
    if (state.contains(key)) {
      return 0; // told twice
    }
    KnownChange known = new KnownChange(since, event);
    state.put(key, known);
    book.add(known);
    long outdated = watermark == Long.MIN_VALUE ? watermark : watermark - KEEP_MS;
    long dropped = 0;
    for (KnownChange gone : book.prune(outdated, MOST)) {
      state.remove(gone.event().eventId() + '\u001f' + gone.event().version());
      dropped += gone.sinceMs() >= outdated ? 1 : 0;
    }
    return dropped;
  }

  /** What concerns the key and counts from after {@code fromMs} and not after {@code toMs}. */
  List<KnownChange> since(
      long fromMs, long toMs, String key, ReadOnlyBroadcastState<String, KnownChange> state)
      throws Exception {
    load(state);
    return StreamSupport.stream(book.between(fromMs, toMs).spliterator(), false)
        .filter(change -> change.concerns(key))
        .toList();
  }

  /** After a restart: what the checkpoint held. */
  private void load(ReadOnlyBroadcastState<String, KnownChange> state) throws Exception {
    if (book == null) {
      book = new ChangeBook();
      for (Map.Entry<String, KnownChange> entry : state.immutableEntries()) {
        book.add(entry.getValue());
      }
    }
  }
}
