package io.tokenwatt.storage;

import io.tokenwatt.model.fact.Place;
import java.util.List;

/** The columns of a {@link Place}. */
final class Places {
  static final List<Column> COLUMNS =
      Column.texts(List.of("node", "region", "zone", "cluster", "site", "rack"));

  private Places() {}

  static void write(Place place, RowBinary out) {
    out.string(place.node());
    out.string(place.region());
    out.string(place.zone());
    out.string(place.cluster());
    out.string(place.site());
    out.string(place.rack());
  }
}
