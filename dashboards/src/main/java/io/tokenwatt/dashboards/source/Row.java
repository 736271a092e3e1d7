package io.tokenwatt.dashboards.source;

import java.util.List;

/**
 * Panels under a heading, from left to right, wrapped at 24 columns.
 *
 * @param id unique in the dashboard, as panels' are
 * @param collapsed whether its panels ask nothing until somebody opens it
 */
public record Row(int id, String title, boolean collapsed, List<Panel> panels) {
  public Row {
    panels = List.copyOf(panels);
  }

  public static Row open(int id, String title, Panel... panels) {
    return new Row(id, title, false, List.of(panels));
  }

  public static Row collapsed(int id, String title, Panel... panels) {
    return new Row(id, title, true, List.of(panels));
  }
}
