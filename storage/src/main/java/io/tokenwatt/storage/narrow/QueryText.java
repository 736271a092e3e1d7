package io.tokenwatt.storage.narrow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A query that can be asked for fewer columns: WITH, then one SELECT or several by UNION ALL. Of
 * each layer stay the columns that later ones need, by name, and all that makes its groups; so the
 * rows are the same, and what is left out costs neither reading nor planning.
 *
 * <p>The text must be written for it: {@code GROUP BY ALL} where there are groups, a name for each
 * expression, {@code UNION ALL} of like lists.
 */
public final class QueryText {
  private final List<Layer> with;
  private final List<SelectText> union;

  /**
   * Of the WITH list: a query that has a name, or an expression that has one.
   *
   * @param text the whole item, where it is an expression
   */
  private record Layer(String name, String text, Optional<QueryText> query) {

    static Layer parse(String item) {
      int as = SqlScan.word(item, "AS", 0);
      String body = item.substring(Math.min(as + 2, item.length())).strip();
      if (item.substring(0, as).strip().matches("\\w+") && body.startsWith("(")) {
        return new Layer(
            item.substring(0, as).strip(),
            "",
            Optional.of(QueryText.parse(body.substring(1, body.length() - 1))));
      }
      return new Layer(Item.of(item).name(), item, Optional.empty());
    }

    Layer narrow(Set<String> used) {
      return new Layer(name, text, query.map(q -> q.narrow(used)));
    }

    Layer from(Map<String, String> sources) {
      return new Layer(name, text, query.map(q -> new QueryText(q.with, q.from(sources))));
    }

    Set<String> names() {
      return query.map(QueryText::names).orElseGet(() -> SqlScan.names(text));
    }
  }

  private QueryText(List<Layer> with, List<SelectText> union) {
    this.with = with;
    this.union = union;
  }

  /**
   * @throws IllegalArgumentException for what it cannot read
   */
  public static QueryText parse(String sql) {
    String text = SqlScan.oneLine(sql);
    List<Layer> with = List.of();
    if (text.startsWith("WITH ")) {
      int select = SqlScan.word(text, "SELECT", 0);
      with = SqlScan.items(text.substring(5, select)).stream().map(Layer::parse).toList();
      text = text.substring(select);
    }
    List<SelectText> union = new ArrayList<>();
    while (!text.isEmpty()) {
      int end = SqlScan.word(text, "UNION ALL", 0);
      union.add(SelectText.parse(text.substring(0, end).strip()));
      text = text.substring(Math.min(end + 9, text.length())).strip();
    }
    return new QueryText(with, union);
  }

  /**
   * @param wanted names of columns; others among them do no harm
   */
  public QueryText narrow(Set<String> wanted) {
    Set<String> kept = new HashSet<>();
    union.forEach(select -> kept.addAll(select.kept(wanted)));
    if (kept.isEmpty()) {
      kept.add(union.get(0).items().get(0).name());
    }
    List<SelectText> selects = union.stream().map(select -> select.narrow(kept, wanted)).toList();
    Set<String> used = new HashSet<>();
    selects.forEach(select -> used.addAll(select.names()));
    if (selects.stream().anyMatch(SelectText::handsOn)) {
      used.addAll(wanted);
    }
    List<Layer> layers = new ArrayList<>();
    for (int i = with.size() - 1; i >= 0; i--) {
      if (used.contains(with.get(i).name())) {
        Layer layer = with.get(i).narrow(used);
        used.addAll(layer.names());
        layers.add(0, layer);
      }
    }
    return new QueryText(layers, selects).withoutEmptyLayers();
  }

  /** A layer of which nothing is left but that it hands on costs planning too. */
  private QueryText withoutEmptyLayers() {
    List<Layer> some = new ArrayList<>();
    Map<String, String> sources = new HashMap<>();
    for (Layer layer : with) {
      Layer direct = layer.from(sources);
      Optional<String> handed = direct.query().flatMap(QueryText::handsOn);
      if (handed.isPresent()) {
        sources.put(layer.name(), handed.get());
      } else {
        some.add(direct);
      }
    }
    return new QueryText(some, from(sources));
  }

  private List<SelectText> from(Map<String, String> sources) {
    return union.stream().map(select -> select.from(sources)).toList();
  }

  /** The source, if this is no more than all of it. */
  private Optional<String> handsOn() {
    return with.isEmpty() && union.size() == 1 ? union.get(0).handedOn() : Optional.empty();
  }

  Set<String> names() {
    Set<String> names = new HashSet<>();
    with.forEach(layer -> names.addAll(layer.names()));
    union.forEach(select -> names.addAll(select.names()));
    return names;
  }

  /** Indented, each line by {@code indent} blanks at least. */
  public String print(int indent) {
    Printer out = new Printer(indent);
    print(out);
    return out.toString();
  }

  void print(Printer out) {
    if (!with.isEmpty()) {
      out.line("WITH").in();
      for (int i = 0; i < with.size(); i++) {
        print(with.get(i), i + 1 < with.size() ? "," : "", out);
      }
      out.out();
    }
    for (int i = 0; i < union.size(); i++) {
      if (i > 0) {
        out.line("UNION ALL");
      }
      union.get(i).print(out);
    }
  }

  private static void print(Layer layer, String comma, Printer out) {
    if (layer.query().isEmpty()) {
      out.line(layer.text() + comma);
      return;
    }
    out.line(layer.name() + " AS").line("(").in();
    layer.query().get().print(out);
    out.out().line(")" + comma);
  }
}
