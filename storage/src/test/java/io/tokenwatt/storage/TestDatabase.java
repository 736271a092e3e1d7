package io.tokenwatt.storage;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.schema.Schema;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on the one engine of the test run, dropped when closed. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final StoreConfig config;
  private final Store store;

  private TestDatabase(StoreConfig config) {
    this.config = config;
    this.store = new Store(config);
  }

  public static TestDatabase fresh() {
    String name = "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    return new TestDatabase(new StoreConfig(Engine.url(), "default", "", name));
  }

  /**
   * As {@link #fresh()}, with all tables and views. Rollups are refreshed when a test says so, not
   * when a minute of the clock ends between two of its inserts.
   */
  public static TestDatabase withTables() {
    TestDatabase database = fresh();
    Schema.apply(database.config());
    String views = "SELECT view FROM system.view_refreshes WHERE database = '%s'";
    for (GenericRecord row : database.store.rows(views.formatted(database.config.database()))) {
      String view = database.table(row.getString("view"));
      database.store.command("ALTER TABLE " + view + " MODIFY REFRESH EVERY 100 YEAR APPEND");
      database.store.command("SYSTEM WAIT VIEW " + view);
    }
    return database;
  }

  public void truncate(String... tables) {
    for (String table : tables) {
      store.command("TRUNCATE TABLE " + table(table));
    }
  }

  /** Runs refreshable views now, one after the other. */
  void refresh(String... views) {
    for (String view : views) {
      store.command("SYSTEM WAIT VIEW " + table(view));
      store.command("SYSTEM REFRESH VIEW " + table(view));
      store.command("SYSTEM WAIT VIEW " + table(view));
    }
  }

  public StoreConfig config() {
    return config;
  }

  public Store store() {
    return store;
  }

  public String table(String name) {
    return config.database() + "." + name;
  }

  /** First value of the only row. */
  public String text(String sql) {
    GenericRecord row = store.rows(sql).get(0);
    return row.getString(1);
  }

  public long number(String sql) {
    return Long.parseLong(text("SELECT toString(x) FROM (SELECT (" + sql + ") AS x)"));
  }

  @Override
  public void close() {
    store.command("DROP DATABASE IF EXISTS " + config.database() + " SYNC");
    store.close();
  }
}
