package io.tokenwatt.dashboards.source;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A column of a table.
 *
 * @param name the query's name of it
 * @param title its heading
 * @param scale empty = text
 * @param bar whether a bar shows the value beside the others of the column
 * @param width in pixels; empty = what is left
 */
public record Column(
    String name,
    String title,
    Optional<Scale> scale,
    boolean bar,
    OptionalInt width,
    Optional<Link> link) {

  public static Column text(String name, String title) {
    return new Column(name, title, Optional.empty(), false, OptionalInt.empty(), Optional.empty());
  }

  public static Column number(String name, String title, Scale scale) {
    return new Column(
        name, title, Optional.of(scale), false, OptionalInt.empty(), Optional.empty());
  }

  public Column bars() {
    return new Column(name, title, scale, true, width, link);
  }

  public Column wide(int pixels) {
    return new Column(name, title, scale, bar, OptionalInt.of(pixels), link);
  }

  public Column link(Link to) {
    return new Column(name, title, scale, bar, width, Optional.of(to));
  }
}
