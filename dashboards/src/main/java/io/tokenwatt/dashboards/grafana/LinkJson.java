package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Link;
import io.tokenwatt.dashboards.source.Variable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Addresses of other dashboards, with the time range and with every variable that both have.
 *
 * @param from the dashboard that holds the link
 * @param byUid finds the others
 */
record LinkJson(Dashboard from, Function<String, Dashboard> byUid) {

  /** On a value or a row of a table. */
  Map<String, Object> data(Link link) {
    return object("title", link.title(), "url", url(link), "targetBlank", false);
  }

  /** At a panel's head. */
  Map<String, Object> panel(Link link) {
    return object(
        "title",
        link.title(),
        "type",
        "link",
        "url",
        url(link),
        "icon",
        "dashboard",
        "tooltip",
        "",
        "tags",
        List.of(),
        "asDropdown",
        false,
        "targetBlank",
        false,
        "includeVars",
        false,
        "keepTime",
        false);
  }

  private String url(Link link) {
    Dashboard target = byUid.apply(link.target());
    StringBuilder url = new StringBuilder("/d/" + target.uid() + "?${__url_time_range}");
    List<String> here = from.variables().stream().map(Variable::name).toList();
    for (Variable variable : target.variables()) {
      String value = link.set().get(variable.name());
      if (value != null) {
        url.append("&var-").append(variable.name()).append('=').append(value);
      } else if (here.contains(variable.name())) {
        url.append("&${").append(variable.name()).append(":queryparam}");
      }
    }
    return url.toString();
  }
}
