package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Panel;
import io.tokenwatt.dashboards.source.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where panels stand: from left to right, wrapped at 24 columns, each line as high as its highest
 * panel. Nothing overlaps, whatever the sizes are.
 */
final class Layout {
  private static final int COLUMNS = 24;

  private int y;

  /** A heading and its panels, each with its place. */
  record Placed(Map<String, Object> heading, List<Map<String, Object>> panels) {}

  /** The panels' places in their order; the next row begins below. */
  Placed place(Row row) {
    Map<String, Object> heading = position(0, y++, COLUMNS, 1);
    int top = y;
    List<Map<String, Object>> panels = new ArrayList<>();
    int x = 0;
    int height = 0;
    for (Panel panel : row.panels()) {
      Head head = panel.head();
      if (x + head.width() > COLUMNS) {
        y += height;
        x = 0;
        height = 0;
      }
      panels.add(position(x, y, head.width(), head.height()));
      x += head.width();
      height = Math.max(height, head.height());
    }
    y += height;
    if (row.collapsed()) {
      // Grafana moves what is below down when it opens the row.
      y = top;
    }
    return new Placed(heading, panels);
  }

  private static Map<String, Object> position(int x, int y, int width, int height) {
    return object("x", x, "y", y, "w", width, "h", height);
  }
}
