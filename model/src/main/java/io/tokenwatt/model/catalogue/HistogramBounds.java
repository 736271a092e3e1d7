package io.tokenwatt.model.catalogue;

import io.tokenwatt.model.proto.Histogram;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finite upper bounds of a histogram in ns, ascending. Engines of one kind have the same few sets,
 * so a record names a set by its id and only an unknown set is written out. Thread-safe; nobody
 * changes the array.
 */
public final class HistogramBounds {
  private static final List<String> HEADER = List.of("id", "bounds_s", "source");
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
  private static final Map<Integer, HistogramBounds> BY_ID = new HashMap<>();
  private static final Map<List<Long>, HistogramBounds> BY_BOUNDS = new HashMap<>();

  static {
    CsvTable.ofResource("bounds.csv").rows(HEADER, HistogramBounds::known);
  }

  private final int id;
  private final long[] nanos;
  private final long key;

  private HistogramBounds(int id, long[] nanos) {
    this.id = id;
    this.nanos = nanos;
    this.key = keyOf(nanos);
  }

  /** Of a record's histogram; empty where it names a set that this list does not have. */
  public static Optional<HistogramBounds> of(Histogram histogram) {
    if (histogram.getBoundsNsCount() > 0 || histogram.getBoundsId() == 0) {
      return Optional.of(of(histogram.getBoundsNsList()));
    }
    return Optional.ofNullable(BY_ID.get(histogram.getBoundsId()));
  }

  /** Of finite bounds in ns. */
  public static HistogramBounds of(List<Long> nanos) {
    HistogramBounds known = BY_BOUNDS.get(nanos);
    return known != null
        ? known
        : new HistogramBounds(0, nanos.stream().mapToLong(Long::longValue).toArray());
  }

  /** In the list; 0 = it is not there. */
  public int id() {
    return id;
  }

  /** Not to be changed. */
  public long[] nanos() {
    return nanos;
  }

  /** The same for equal bounds in every process and version, 1..2^63-1. */
  public long key() {
    return key;
  }

  /** Writes the id, or the bounds where there is none. */
  public void writeTo(Histogram.Builder histogram) {
    histogram.clearBoundsNs().setBoundsId(id);
    if (id == 0) {
      for (long bound : nanos) {
        histogram.addBoundsNs(bound);
      }
    }
  }

  /** FNV-1a over the bounds, 63 bits. */
  private static long keyOf(long[] nanos) {
    long hash = 0xcbf29ce484222325L;
    for (long bound : nanos) {
      for (int shift = 0; shift < 64; shift += 8) {
        hash = (hash ^ (bound >>> shift & 0xff)) * 0x100000001b3L;
      }
    }
    return hash >>> 1 | 1;
  }

  private static HistogramBounds known(List<String> fields) {
    int id = fields.get(0).matches("[1-9]\\d{0,4}") ? Integer.parseInt(fields.get(0)) : 0;
    if (id != BY_ID.size() + 1) {
      throw new IllegalArgumentException("id must be " + (BY_ID.size() + 1) + ", one more each");
    }
    List<Long> nanos = new ArrayList<>();
    for (String bound : fields.get(1).split(" ")) {
      nanos.add(new BigDecimal(bound).multiply(NANOS).longValueExact());
      if (nanos.size() > 1 && nanos.get(nanos.size() - 2) >= nanos.get(nanos.size() - 1)) {
        throw new IllegalArgumentException("bounds do not ascend at " + bound);
      }
    }
    HistogramBounds set =
        new HistogramBounds(id, nanos.stream().mapToLong(Long::longValue).toArray());
    if (BY_BOUNDS.putIfAbsent(List.copyOf(nanos), set) != null) {
      throw new IllegalArgumentException("these bounds have an id already");
    }
    BY_ID.put(id, set);
    return set;
  }
}
