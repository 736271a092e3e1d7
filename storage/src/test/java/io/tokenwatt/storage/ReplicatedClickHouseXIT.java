package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.storage.schema.Retention;
import io.tokenwatt.storage.schema.Schema;
import io.tokenwatt.storage.schema.ScriptStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * Two servers and a Keeper: the tables of one are the tables of the other. Run it with {@code mvn
 * -B -pl storage -am test -DexcludedTags=long -Dtest=ReplicatedClickHouseXIT}. Never run by us:
 * there is no Docker here.
 */
@Tag("docker")
@ExtendWith(DockerThere.class)
class ReplicatedClickHouseXIT {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final String DATABASE = "tokenwatt_replicated";
  private static final String CONFIG =
      """
      <clickhouse>
        <listen_host>0.0.0.0</listen_host>
        <zookeeper><node><host>one</host><port>9181</port></node></zookeeper>
        <macros><shard>1</shard><replica>@NAME@</replica></macros>
        <interserver_http_host>@NAME@</interserver_http_host>
        <interserver_http_port>9009</interserver_http_port>
        <remote_servers><replicas><shard>
          <internal_replication>true</internal_replication>
          <replica><host>one</host><port>9000</port></replica>
          <replica><host>two</host><port>9000</port></replica>
        </shard></replicas></remote_servers>
        <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
        @KEEPER@
      </clickhouse>
      """;
  private static final String KEEPER =
      """
      <keeper_server>
        <tcp_port>9181</tcp_port>
        <server_id>1</server_id>
        <raft_configuration>
          <server><id>1</id><hostname>one</hostname><port>9234</port></server>
        </raft_configuration>
      </keeper_server>
      """;

  @Test
  void whatOneServerIsToldTheOtherKnows() {
    try (Network network = Network.newNetwork();
        GenericContainer<?> first = server("one", KEEPER, network);
        GenericContainer<?> second = server("two", "", network)) {
      first.start();
      second.start();
      try (Store one = new Store(config(first));
          Store two = new Store(config(second))) {
        assertThat(new Schema(one, Retention.DEFAULT, "replicas").apply()).isNotEmpty();
        Schema atTheOther = new Schema(two);
        await()
            .atMost(DEADLINE)
            .untilAsserted(
                () ->
                    assertThat(atTheOther.status())
                        .allSatisfy(s -> assertThat(s.state()).isEqualTo(State.APPLIED)));
        assertThat(atTheOther.apply()).isEmpty();
        assertThat(engines(two)).containsExactly("ReplicatedReplacingMergeTree");
        rowsAndRollupsReach(one, two);
      }
    }
  }

  private static void rowsAndRollupsReach(Store one, Store two) {
    long window = RandomRows.window(System.currentTimeMillis(), 6);
    RandomRows random = new RandomRows(1);
    try (FactWriter writer = new FactWriter(one.config())) {
      writer.writeCells(List.of(random.cellRow(window, RandomRows.cell("eu", "L4", "m"), 1)));
    }
    reaches(two, "efficiency_10s");
    one.command("SYSTEM REFRESH VIEW " + DATABASE + ".efficiency_1m_refresh");
    reaches(two, "efficiency_1m");
  }

  private static void reaches(Store store, String table) {
    String count = "SELECT count() AS n FROM %s.%s FINAL".formatted(DATABASE, table);
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(store.rows(count).get(0).getLong("n")).isEqualTo(1));
  }

  private static List<String> engines(Store store) {
    return store
        .rows(
            "SELECT DISTINCT engine FROM system.tables WHERE database = {d:String}"
                + " AND engine LIKE '%MergeTree'",
            Map.of("d", DATABASE))
        .stream()
        .map(row -> row.getString("engine"))
        .toList();
  }

  private static GenericContainer<?> server(String name, String keeper, Network network) {
    String config = CONFIG.replace("@NAME@", name).replace("@KEEPER@", keeper);
    return new GenericContainer<>(ClickHouseImageXIT.IMAGE)
        .withNetwork(network)
        .withNetworkAliases(name)
        .withExposedPorts(8123)
        .withEnv("CLICKHOUSE_SKIP_USER_SETUP", "1")
        .withCopyToContainer(
            Transferable.of(config), "/etc/clickhouse-server/config.d/replicas.xml")
        .waitingFor(Wait.forHttp("/ping").forPort(8123))
        .withStartupTimeout(Duration.ofMinutes(5));
  }

  private static StoreConfig config(GenericContainer<?> server) {
    String url = "http://" + server.getHost() + ":" + server.getMappedPort(8123);
    return new StoreConfig(url, "default", "", DATABASE);
  }
}
