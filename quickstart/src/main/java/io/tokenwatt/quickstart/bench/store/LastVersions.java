package io.tokenwatt.quickstart.bench.store;

import io.tokenwatt.model.fact.GpuRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is left of rows when of each board and window the one that contains most stays. */
final class LastVersions {
  private LastVersions() {}

  static Collection<GpuRow> of(List<GpuRow> rows) {
    Map<String, GpuRow> last = new LinkedHashMap<>();
    for (GpuRow row : rows) {
      last.merge(
          row.gpu() + row.windowStartMs(),
          row,
          (older, newer) -> newer.version() >= older.version() ? newer : older);
    }
    return last.values();
  }
}
