package io.tokenwatt.jobs.regressions.command;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.util.List;
import java.util.Map;

/** The newest entry of one regression. */
final class Found {
  private Found() {}

  /**
   * @param id the whole id or a beginning of it that no other has
   * @throws CommandException if there is none, or more than one
   */
  static GenericRecord byId(Store store, String id) {
    List<GenericRecord> rows =
        store.rows(
            """
            SELECT *,
                toString(opened) AS opened_text, toString(started) AS started_text,
                toString(judged_to) AS judged_text, ifNull(toString(closed), '') AS closed_text
            FROM regressions FINAL
            WHERE startsWith(regression, {id:String})
            ORDER BY opened DESC
            LIMIT 3
            """,
            Map.of("id", id));
    if (rows.isEmpty()) {
      throw new CommandException(
          "no regression '" + id + "'. Ids are in: ./tokenwatt regressions list --all --last 365d");
    }
    if (rows.size() > 1 && rows.stream().noneMatch(r -> r.getString("regression").equals(id))) {
      throw new CommandException(
          "'"
              + id
              + "' begins more than one id: "
              + String.join(", ", rows.stream().map(r -> r.getString("regression")).toList()));
    }
    return rows.stream()
        .filter(row -> row.getString("regression").equals(id))
        .findFirst()
        .orElse(rows.get(0));
  }
}
