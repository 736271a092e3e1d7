package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the boards and engines of one workload in one region showed lately, and what was changed
 * there. Bounded: at most {@value #MOST_BOARDS} boards and {@value #MOST_ENGINES} engines, about 18
 * kB each, and {@value #MOST_CHANGES} changes; boards beyond are counted. Public fields: a Flink
 * POJO, which may gain fields over releases. Not thread-safe.
 *
 * <p>Rows may come again with a higher version, and late: the newest version of a window counts.
 */
public final class EvidenceState {
  static final int MOST_BOARDS = 256;
  static final int MOST_ENGINES = 256;
  static final int MOST_CHANGES = 512;
  private static final long KEEP_MS = 8 * 86_400_000L;
  private static final long SILENT_MS = 86_400_000L;

  public Map<String, Trail> boards = new HashMap<>();
  public Map<String, Trail> engines = new HashMap<>();
  public List<Change> changes = new ArrayList<>();

  /** Rows of boards for which there was no place. */
  public long rowsBeyond;

  /** A board of the workload; one that several share, of each of them. */
  public void add(GpuRow row) {
    Trail trail = boards.get(row.gpu());
    if (trail == null) {
      if (boards.size() >= MOST_BOARDS) {
        rowsBeyond++;
        return;
      }
      trail = Trail.of(Window.SIZE_MS, BoardSign.COLUMNS);
      trail.driver = row.driver();
      trail.workload = row.workload();
      trail.xidLast = row.xidLast();
      boards.put(row.gpu(), trail);
    }
    if (row.windowStartMs() > trail.seenMs) {
      describe(trail, row);
    }
    trail.put(row.windowStartMs(), row.version(), BoardSign.sums(row));
  }

  private void describe(Trail trail, GpuRow row) {
    long at = row.windowStartMs();
    trail.node = row.place().node();
    trail.name = row.gpu();
    trail.index = row.gpuIndex();
    trail.hardware = row.hardware();
    note(at, Change.What.DRIVER, trail, "", trail.driver, row.driver());
    note(at, Change.What.TENANTS, trail, row.gpu(), trail.workload, row.workload());
    if (row.xidLast() != 0) {
      note(at, Change.What.XID, trail, row.gpu(), "" + trail.xidLast, "" + row.xidLast());
    }
    trail.driver = row.driver().isEmpty() ? trail.driver : row.driver();
    trail.workload = row.workload().isEmpty() ? trail.workload : row.workload();
    trail.xidLast = row.xidLast();
  }

  /** An engine of the workload. */
  public void add(EngineRow row) {
    String key = String.join("\u001f", row.place().node(), row.instance(), row.model());
    Trail trail = engines.get(key);
    if (trail == null) {
      if (engines.size() >= MOST_ENGINES) {
        rowsBeyond++;
        return;
      }
      trail = Trail.of(Window.SIZE_MS, EngineSign.COUNT);
      trail.deployment = row.deployment();
      engines.put(key, trail);
    }
    if (row.windowStartMs() > trail.seenMs) {
      trail.node = row.place().node();
      trail.name = row.instance();
      note(
          row.windowStartMs(),
          Change.What.DEPLOYMENT,
          trail,
          row.instance(),
          trail.deployment,
          row.deployment());
      trail.deployment = row.deployment().isEmpty() ? trail.deployment : row.deployment();
      trail.workload = row.workload();
    }
    trail.put(row.windowStartMs(), row.version(), EngineSign.sums(row));
  }

  /** A change in the scope of the workload; others are not asked for, but do no harm. */
  public void add(ChangeEvent event) {
    ToldChange.of(event).ifPresent(this::note);
  }

  private void note(
      long atMs, Change.What what, Trail trail, String place, String from, String to) {
    if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
      note(new Change(atMs, what, "", "", trail.hardware, trail.node, place, from, to));
    }
  }

  private void note(Change change) {
    boolean known =
        changes.stream()
            .anyMatch(
                c ->
                    c.what() == change.what()
                        && c.node().equals(change.node())
                        && c.place().equals(change.place())
                        && c.to().equals(change.to())
                        && Math.abs(c.atMs() - change.atMs()) < 2 * Window.SIZE_MS);
    if (!known) {
      changes.add(change);
      if (changes.size() > MOST_CHANGES) {
        changes.remove(0);
      }
    }
  }

  /** Forgets boards and engines that were silent for a day, and changes older than 8 days. */
  public void trim(long nowMs) {
    boards.values().removeIf(trail -> trail.seenMs < nowMs - SILENT_MS);
    engines.values().removeIf(trail -> trail.seenMs < nowMs - SILENT_MS);
    changes.removeIf(change -> change.atMs() < nowMs - KEEP_MS);
  }

  /** Whether nothing is left: the state may be dropped. */
  public boolean isEmpty() {
    return boards.isEmpty() && engines.isEmpty() && changes.isEmpty();
  }
}
