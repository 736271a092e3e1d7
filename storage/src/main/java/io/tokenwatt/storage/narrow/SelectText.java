package io.tokenwatt.storage.narrow;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SELECT … FROM …, without what may stand before it.
 *
 * @param source the table, or a query that is taken as it is, for DISTINCT is of all its columns;
 *     empty where it is a query of its own
 * @param nested that query
 * @param rest all that follows: alias, joins, conditions, groups
 */
record SelectText(List<Item> items, String source, Optional<QueryText> nested, String rest) {
  private static final String SELECT = "SELECT ";

  static SelectText parse(String sql) {
    if (!sql.startsWith(SELECT)) {
      throw new IllegalArgumentException("no SELECT: " + sql);
    }
    int from = SqlScan.word(sql, "FROM", 0);
    List<Item> items =
        SqlScan.items(sql.substring(SELECT.length(), from)).stream().map(Item::of).toList();
    String tail = sql.substring(Math.min(from + 4, sql.length())).strip();
    int end = tail.startsWith("(") ? SqlScan.closing(tail, 0) : 0;
    if (end > 0 && !tail.startsWith("SELECT DISTINCT", 1)) {
      return new SelectText(
          items,
          "",
          Optional.of(QueryText.parse(tail.substring(1, end))),
          tail.substring(end + 1).strip());
    }
    int blank = (tail + " ").indexOf(' ', end);
    return new SelectText(
        items, tail.substring(0, blank), Optional.empty(), tail.substring(blank).strip());
  }

  /** Names of the items that are needed if those are wanted. */
  Set<String> kept(Set<String> wanted) {
    Set<String> kept = new HashSet<>();
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Item item : items) {
        boolean needed =
            item.all()
                || wanted.contains(item.name())
                || (groups() && !item.aggregate())
                || items.stream()
                    .filter(other -> other != item && kept.contains(other.name()))
                    .anyMatch(other -> other.names().contains(item.name()));
        grows |= needed && kept.add(item.name());
      }
    }
    return kept;
  }

  /**
   * @param kept names of the items to keep
   * @param wanted what the source is asked for where an item is {@code *}
   */
  SelectText narrow(Set<String> kept, Set<String> wanted) {
    List<Item> some = items.stream().filter(item -> kept.contains(item.name())).toList();
    Set<String> used = new SelectText(some, source, nested, rest).ownNames();
    if (handsOn()) {
      used.addAll(wanted);
    }
    return new SelectText(some, source, nested.map(query -> query.narrow(used)), rest);
  }

  Set<String> names() {
    Set<String> names = ownNames();
    nested.ifPresent(query -> names.addAll(query.names()));
    return names;
  }

  private Set<String> ownNames() {
    Set<String> names = new HashSet<>(SqlScan.names(source + " " + rest));
    items.forEach(item -> names.addAll(item.names()));
    return names;
  }

  /** The source, if this is no more than all of it. */
  Optional<String> handedOn() {
    return items.size() == 1
            && items.get(0).all()
            && source.matches("\\w+")
            && rest.isEmpty()
            && items.get(0).text().equals("*")
        ? Optional.of(source)
        : Optional.empty();
  }

  /** With other names for sources. */
  SelectText from(Map<String, String> sources) {
    return new SelectText(items, sources.getOrDefault(source, source), nested, rest);
  }

  /** Whether it has all that its source has. */
  boolean handsOn() {
    return items.stream().anyMatch(Item::all);
  }

  private boolean groups() {
    return rest.contains("GROUP BY ALL");
  }

  void print(Printer out) {
    out.line("SELECT").in();
    out.filled(items.stream().map(Item::text).toList());
    out.out();
    if (nested.isEmpty()) {
      out.line(source.isEmpty() ? rest : ("FROM " + source + " " + rest).strip());
      return;
    }
    out.line("FROM").line("(").in();
    nested.get().print(out);
    out.out().line((") " + rest).strip());
  }
}
