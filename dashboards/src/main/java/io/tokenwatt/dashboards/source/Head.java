package io.tokenwatt.dashboards.source;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What all panels have.
 *
 * @param id unique in the dashboard and never given to another panel: alerts and people's links
 *     name it
 * @param says formula, scope and what makes it unknown; shown at the panel's corner
 * @param width of 24
 * @param height in Grafana's rows of 30 px
 * @param interval shortest step, seconds; empty = none
 */
public record Head(
    int id,
    String title,
    String says,
    int width,
    int height,
    OptionalInt interval,
    List<Link> links) {

  public Head {
    if (id < 1) {
      throw new IllegalArgumentException("panel '" + title + "': id must be 1 or more, is " + id);
    }
    if (width < 1 || width > 24 || height < 2) {
      throw new IllegalArgumentException(
          "panel '%s': %d x %d does not fit 24 columns".formatted(title, width, height));
    }
    says = says.strip();
    links = List.copyOf(links);
  }

  /** A panel of the usual size whose steps are whole windows. */
  public static Head of(int id, String title, String says) {
    return new Head(id, title, says, 12, 8, OptionalInt.of(10), List.of());
  }

  public Head size(int columns, int rows) {
    return new Head(id, title, says, columns, rows, interval, links);
  }

  /** For measures that shorter steps do not hold, such as energy that a source tells every 30 s. */
  public Head step(int seconds) {
    return new Head(id, title, says, width, height, OptionalInt.of(seconds), links);
  }

  /** With more said about it. */
  public Head adding(String more) {
    return new Head(id, title, says + more, width, height, interval, links);
  }

  public Head link(Link link) {
    List<Link> all = new ArrayList<>(links);
    all.add(link);
    return new Head(id, title, says, width, height, interval, all);
  }
}
