package io.tokenwatt.dashboards.source;

/**
 * What happened, drawn over all panels.
 *
 * @param sql gives {@code time}, {@code timeEnd} (NULL = an instant), {@code text} and {@code tags}
 */
public record Annotation(String name, Color color, String sql) {
  public Annotation {
    sql = sql.strip();
  }
}
