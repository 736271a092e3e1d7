package io.tokenwatt.storage;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.enums.Protocol;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.data.ClickHouseFormat;
import io.tokenwatt.config.tls.Handshake;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One HTTP connection pool to one ClickHouse; LZ4 both ways. It never retries by itself: whoever
 * calls knows what a repeated statement means. Every failure is a {@link StoreException}.
 * Thread-safe.
 */
public final class Store implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /**
   * Server errors that pass: overload, restarts, lost replicas. Numbers of ClickHouse's
   * ErrorCodes.cpp.
   */
  private static final Set<Integer> PASSING =
      Set.of(
          3, // UNEXPECTED_END_OF_FILE
          159, // TIMEOUT_EXCEEDED
          202, // TOO_MANY_SIMULTANEOUS_QUERIES
          203, // NO_FREE_CONNECTION
          209, // SOCKET_TIMEOUT
          210, // NETWORK_ERROR
          225, // NO_ZOOKEEPER
          236, // ABORTED
          241, // MEMORY_LIMIT_EXCEEDED
          242, // TABLE_IS_READ_ONLY
          243, // NOT_ENOUGH_SPACE
          252, // TOO_MANY_PARTS
          285, // TOO_FEW_LIVE_REPLICAS
          319, // UNKNOWN_STATUS_OF_INSERT
          394, // QUERY_WAS_CANCELLED
          425, // SYSTEM_ERROR
          439, // CANNOT_SCHEDULE_TASK
          999); // KEEPER_EXCEPTION

  /** A user who is read-only may not set these, not even to what they are. */
  private static final Map<String, String> READ_ONLY =
      Map.of("max_execution_time", "30", "max_result_rows", "10000", "readonly", "1");

  private final StoreConfig config;
  private final Client client;

  public Store(StoreConfig config) {
    this(config, builder -> {});
  }

  /**
   * A store that answers queries and refuses everything else, by the server's own check: no
   * statement, and no SETTINGS clause in one, can lift it. A query may take 30 s and answer 10,000
   * rows. A user who is read-only anyway keeps the limits of its own profile. Tables without a
   * database in front are those of the configured one.
   *
   * @throws StoreException if ClickHouse does not answer
   */
  public static Store readOnly(StoreConfig config) {
    return bounded(config, READ_ONLY);
  }

  /** As {@link #readOnly}, for the long look back of a report: 110 s and 1,000,000 rows. */
  public static Store reporting(StoreConfig config) {
    return bounded(
        config, Map.of("max_execution_time", "110", "max_result_rows", "1000000", "readonly", "1"));
  }

  private static Store bounded(StoreConfig config, Map<String, String> bounds) {
    Map<String, String> settings;
    try (Store store = new Store(config)) {
      long bound = store.rows("SELECT toInt64(getSetting('readonly')) AS x").get(0).getLong(1);
      settings = bound == 0 ? bounds : Map.of();
    }
    return new Store(
        config,
        builder -> {
          builder.setDefaultDatabase(config.database());
          settings.forEach(builder::serverSetting);
        });
  }

  private Store(StoreConfig config, Consumer<Client.Builder> more) {
    this.config = config;
    URI uri = URI.create(config.url());
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 8443 : 8123;
    Client.Builder builder =
        new Client.Builder()
            .addEndpoint(Protocol.HTTP, uri.getHost(), port, tls)
            .setUsername(config.user())
            .setPassword(config.password())
            .setClientName("tokenwatt")
            .setMaxRetries(0)
            .compressClientRequest(true)
            .compressServerResponse(true)
            .setConnectTimeout(5, ChronoUnit.SECONDS)
            .setSocketTimeout(TIMEOUT.toMillis(), ChronoUnit.MILLIS)
            .useServerTimeZone(false)
            .useTimeZone("UTC");
    StoreTls.set(config.tls(), builder);
    more.accept(builder);
    client = builder.build();
  }

  public StoreConfig config() {
    return config;
  }

  /** Runs one statement that answers nothing, such as DDL. */
  public void command(String sql) {
    await(() -> client.query(sql), summaryOf(sql), QueryResponse::close);
  }

  /** Runs a query and holds all its rows; only for small answers. */
  public List<GenericRecord> rows(String sql) {
    return rows(sql, Map.of());
  }

  /** As {@link #rows(String)}, with values for the query's {@code {name:Type}} parameters. */
  public List<GenericRecord> rows(String sql, Map<String, Object> parameters) {
    try {
      return client.queryAll(sql, escaped(parameters));
    } catch (RuntimeException e) {
      throw failure(summaryOf(sql), e);
    }
  }

  /** Sends all rows as one insert. The buffer's former content is lost. */
  <T> void insert(Insert<T> insert, List<T> rows, RowBinary buffer) {
    if (rows.isEmpty()) {
      return;
    }
    buffer.clear();
    rows.forEach(row -> insert.write(row, buffer));
    List<String> columns = insert.columns().stream().map(Column::name).toList();
    InsertSettings settings = new InsertSettings().setDatabase(config.database());
    await(
        () ->
            client.insert(
                insert.table(), columns, buffer.stream(), ClickHouseFormat.RowBinary, settings),
        "insert of " + rows.size() + " rows into " + insert.table(),
        InsertResponse::close);
  }

  @Override
  public void close() {
    client.close();
  }

  private interface Call<T> {
    CompletableFuture<T> start();
  }

  private interface Closing<T> {
    void close(T response) throws Exception;
  }

  private <T> void await(Call<T> call, String what, Closing<T> closing) {
    try {
      closing.close(call.start().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.unavailable("interrupted during " + what, e);
    } catch (Exception e) {
      throw failure(what, e);
    }
  }

  private StoreException failure(String what, Exception e) {
    String start = config + ": " + what + ": ";
    Optional<String> handshake = Handshake.problem(e);
    if (handshake.isPresent()) {
      return StoreException.unavailable(start + handshake.get(), e);
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ServerException server) {
        String said = StoreTls.login(server).orElse(server.getMessage());
        return server.isRetryable() || PASSING.contains(server.getCode())
            ? StoreException.unavailable(start + said, e)
            : StoreException.refused(start + said, e);
      }
      if (t instanceof IOException) {
        return StoreException.unavailable(start + t, e);
      }
    }
    return StoreException.refused(start + e.getMessage(), e);
  }

  /** ClickHouse reads the text of a parameter as a field of TSV. */
  private static Map<String, Object> escaped(Map<String, Object> parameters) {
    Map<String, Object> escaped = new HashMap<>(parameters);
    escaped.replaceAll(
        (name, value) ->
            value instanceof String text
                ? text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
                : value);
    return escaped;
  }

  private static String summaryOf(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }
}
