package io.tokenwatt.dashboards.builtin;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A link to ClickHouse's /dashboard page that opens with our charts. The page keeps its whole state
 * behind the "#": JSON, compressed by {@link LzString}. No password is in it. Stateless.
 */
public final class DashboardLink {
  private static final int WINDOW_S = 10;
  private static final int LOOK_BACK_S = 900;

  private DashboardLink() {}

  /**
   * @param httpUrl the server, as http://127.0.0.1:8123
   * @param user who asks; the page asks for a password where one is needed
   * @param database where the tables are
   */
  public static URI of(String httpUrl, String user, String database) {
    String base = httpUrl.endsWith("/") ? httpUrl.substring(0, httpUrl.length() - 1) : httpUrl;
    String state = state(base, user, DashboardChart.all(database));
    return URI.create(base + "/dashboard#" + LzString.compress(state));
  }

  /** The page's own variables; {@code params} are its fields. */
  static String state(String host, String user, List<DashboardChart> charts) {
    String queries =
        charts.stream()
            .map(c -> "{\"title\":" + json(c.title()) + ",\"query\":" + json(c.query()) + "}")
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"host\":%s,\"user\":%s,\"queries\":%s,\"params\":{\"rounding\":\"%d\",\"seconds\":\"%d\"}}"
        .formatted(json(host), json(user), queries, WINDOW_S, LOOK_BACK_S);
  }

  private static String json(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + escaped + '"';
  }
}
