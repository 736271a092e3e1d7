package io.tokenwatt.storage.schema;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the tables of a database are: on one server, or on every server of a cluster. The numbered
 * scripts and their checksums are the same for both; only how a statement is sent differs.
 *
 * <p>A replicated database is of ClickHouse's engine {@code Replicated}: what one server is told,
 * all of them do, by way of Keeper, also one that joins later. So only the statement that makes the
 * database names the cluster. Tables become {@code Replicated…MergeTree}, with the path that the
 * servers' configuration gives. Views hold no rows and are the same everywhere; of a refreshable
 * one the servers agree which of them refreshes. All rows are on every server: one shard.
 *
 * @param cluster as the servers' configuration names it; "" = the database is there already, or is
 *     one server's
 */
record Layout(String database, String cluster, boolean replicated) {
  private static final String REPLICATED = "Replicated";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]*");
  private static final Pattern ENGINE = Pattern.compile("\\bENGINE = (\\w*MergeTree)\\b");

  /**
   * What the database is, where it is there: nobody has to say it again.
   *
   * @param cluster on which to make it; "" = on this server alone
   * @throws IllegalStateException if it is there and not replicated although a cluster was named
   */
  static Layout of(Store store, String cluster) {
    String database = store.config().database();
    requireName(cluster);
    List<GenericRecord> found =
        store.rows(
            "SELECT engine FROM system.databases WHERE name = {database:String}",
            Map.of("database", database));
    if (found.isEmpty()) {
      return new Layout(database, cluster, !cluster.isEmpty());
    }
    String engine = found.get(0).getString("engine");
    if (!engine.equals(REPLICATED) && !cluster.isEmpty()) {
      throw new IllegalStateException(
          "database %s is there and is of engine %s: tables of one server do not become replicated. Leave --cluster out, or give another --database and move the rows (docs/operations.md)"
              .formatted(database, engine));
    }
    return new Layout(database, cluster, engine.equals(REPLICATED));
  }

  /**
   * @throws IllegalArgumentException if it cannot be a cluster's name
   */
  static void requireName(String cluster) {
    if (!NAME.matcher(cluster).matches()) {
      throw new IllegalArgumentException(
          "not a name of a cluster: " + cluster + "; letters, digits and _ . - are");
    }
  }

  String createDatabase() {
    String create = "CREATE DATABASE IF NOT EXISTS " + database;
    return !replicated || cluster.isEmpty()
        ? create
        : create
            + " ON CLUSTER '%s' ENGINE = Replicated('/clickhouse/databases/%s', '{shard}', '{replica}')"
                .formatted(cluster, database);
  }

  /** One statement of a script, as this database takes it. */
  String sql(String statement) {
    return replicated
        ? ENGINE.matcher(statement).replaceAll("ENGINE = " + REPLICATED + "$1")
        : statement;
  }
}
