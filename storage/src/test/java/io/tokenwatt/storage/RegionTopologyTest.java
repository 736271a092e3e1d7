package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionTopologyTest {
  private static final long HOUR_MS = 3_600_000;

  private final long t0 =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
  private final List<RequestRow> rows = new ArrayList<>();
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.withTables();
    site("s-eu", "eu", "DE");
    site("s-us", "us", "US");
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** By hand: 100 requests, 60 from eu, 20 from br, 20 from us; br has nothing of its own. */
  @Test
  void aClientRegionWithoutAnEndpointIsFlaggedAndItsGainIsMeasured() {
    request("eu", "eu", "chat", "t1", 60, List.of(200_000L), List.of());
    request("br", "eu", "chat", "t2", 10, List.of(900_000L), List.of());
    request("br", "us", "chat", "t3", 10, List.of(400_000L), List.of());
    request("us", "us", "chat", "t4", 20, List.of(), List.of(150_000L));
    policy("chat", "eu", "DE");
    policy("", "br", "BR");
    policy("", "br", "BR");
    write();
    Map<String, GenericRecord> found = rows(1);

    GenericRecord br = found.get("br>eu");
    close(br, "share_of_requests", 0.1);
    assertThat(br.getBoolean("no_local_endpoint")).isTrue();
    assertThat(br.getString("better_region")).isEqualTo("us");
    assertThat(br.getDouble("gain_p95_ttft_client_s")).isCloseTo(0.5, Percentage.withPercentage(3));
    assertThat(br.getString("gain_basis")).isEqualTo("measured");
    close(br, "outside_policy_requests", 10.0);
    close(br, "share_of_users", 0.25);
    assertThat(found.get("br>us").getString("gain_null_reason")).isEqualTo("best_already");
    GenericRecord eu = found.get("eu>eu");
    assertThat(eu.getBoolean("no_local_endpoint")).isFalse();
    close(eu, "outside_policy_requests", 0.0);
    assertThat(eu.getString("gain_null_reason")).isEqualTo("no_measurement");
    GenericRecord us = found.get("us>us");
    close(us, "outside_policy_requests", null);
    assertThat(us.getString("latency_vantage")).isEqualTo("gateway");
    close(us, "p95_ttft_client_s", null);
    assertThat(us.getDouble("p95_ttft_gateway_s")).isCloseTo(0.15, Percentage.withPercentage(1));
  }

  @Test
  void aGatewaysClockGivesNoGainButALoadedRoundTripDoes() {
    request("br", "eu", "chat", "", 50, List.of(), List.of(900_000L));
    request("br", "us", "chat", "", 50, List.of(), List.of(100_000L));
    request("br", "", "chat", "", 50, List.of(), List.of(100_000L));
    write();
    GenericRecord before = rows(1).get("br>eu");
    close(before, "gain_p95_ttft_client_s", null);
    assertThat(before.getString("gain_null_reason")).isEqualTo("no_measurement");
    close(before, "share_of_users", null);
    assertThat(before.getBoolean("no_local_endpoint")).isTrue();

    rtt("br", "eu", 190);
    rtt("br", "us", 120);
    rtt("br", "ap", 5);
    GenericRecord after = rows(1).get("br>eu");
    close(after, "gain_p95_ttft_client_s", 0.07);
    assertThat(after.getString("gain_basis")).isEqualTo("rtt");
    assertThat(after.getString("better_region")).as("ap serves nothing").isEqualTo("us");
    rtt("br", "us", 12);
    assertThat(rows(1).get("br>eu").getBoolean("no_local_endpoint")).isFalse();
  }

  @Test
  void requestsWhoseServerOrLawIsNotKnownAreNeitherInsideNorOutside() {
    request("eu", "", "chat", "", 5, List.of(), List.of());
    request("eu", "ap", "chat", "", 7, List.of(), List.of());
    request("eu", "us", "batch", "", 9, List.of(), List.of());
    policy("chat", "", "DE");
    policy("batch", "eu", "US");
    policy("batch", "", "DE");
    write();
    Map<String, GenericRecord> found = rows(1);
    close(found.get("eu>"), "policy_unknown_requests", 5.0);
    close(found.get("eu>"), "outside_policy_requests", 0.0);
    close(found.get("eu>ap"), "policy_unknown_requests", 7.0);
    close(found.get("eu>us"), "outside_policy_requests", 0.0);
  }

  @Test
  void whatTheLimitOnNamesFoldedTogetherIsNoPlaceAndNoTenant() {
    request("(other)", "us", "chat", "(other)", 90, List.of(), List.of());
    request("us", "us", "chat", "t1", 10, List.of(), List.of());
    policy("", "", "US");
    write();
    GenericRecord folded = rows(1).get("(other)>us");
    assertThat(folded.getBoolean("no_local_endpoint")).isFalse();
    close(folded, "share_of_users", null);
    close(folded, "outside_policy_requests", 0.0);
    close(folded, "policy_unknown_requests", 90.0);
    close(rows(1).get("us>us"), "policy_unknown_requests", 0.0);
  }

  @Test
  void everyRowEqualsAnIndependentComputationFromTheRequests() {
    long seed = new Random().nextLong();
    System.out.println("RegionTopologyTest seed " + seed);
    Random random = new Random(seed);
    String[] clients = {"eu", "us", "br", ""};
    String[] servers = {"eu", "us", ""};
    Map<String, List<Long>> ttft = new HashMap<>();
    Map<String, Long> requests = new TreeMap<>();
    Map<String, Set<String>> users = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      String client = clients[random.nextInt(4)];
      String server = servers[random.nextInt(3)];
      String tenant = "t" + random.nextInt(40);
      List<Long> latencies = random.longs(5, 1_000, 20_000_000).boxed().toList();
      request(client, server, "c" + random.nextInt(2), tenant, 5, latencies, List.of());
      String pair = client + ">" + server;
      ttft.computeIfAbsent(pair, p -> new ArrayList<>()).addAll(latencies);
      requests.merge(pair, 5L, Long::sum);
      users.computeIfAbsent(pair, p -> new HashSet<>()).add(tenant);
    }
    write();
    database.refresh("request_1m_refresh", "request_1h_refresh");
    Map<String, GenericRecord> found = rows(1_000_000);
    assertThat(found.keySet()).isEqualTo(requests.keySet());
    double told =
        requests.entrySet().stream()
            .filter(e -> !e.getKey().startsWith(">"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    long all = users.values().stream().flatMap(Set::stream).distinct().count();
    requests.forEach(
        (pair, n) -> {
          GenericRecord row = found.get(pair);
          assertThat(row.getLong("requests")).isEqualTo(n);
          close(row, "share_of_requests", pair.startsWith(">") ? null : n / told);
          close(row, "share_of_users", users.get(pair).size() / (double) all);
          List<Long> sorted = ttft.get(pair).stream().sorted().toList();
          long p95 = sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
          assertThat(row.getDouble("p95_ttft_client_s"))
              .as(pair)
              .isCloseTo(p95 / 1e6, Percentage.withPercentage(1.0001));
          close(row, "gain_p95_ttft_client_s", null);
        });
  }

  /** Requests of which each tells one of the latencies in microseconds, in turn. */
  private void request(
      String client,
      String server,
      String serviceClass,
      String tenant,
      int requests,
      List<Long> clientUs,
      List<Long> gatewayUs) {
    long[] a = new long[RequestMeasure.values().length];
    a[RequestMeasure.REQUESTS.ordinal()] = requests;
    SketchColumns[] sketches = new SketchColumns[RequestSketch.values().length];
    Arrays.fill(sketches, new SketchColumns(new int[0], new long[0]));
    sketches[RequestSketch.TTFT_CLIENT.ordinal()] = sketch(clientUs, requests);
    sketches[RequestSketch.TTFT_GATEWAY.ordinal()] = sketch(gatewayUs, requests);
    Cell cell = RandomRows.cell(server, "H100", "m");
    rows.add(
        new RequestRow(
            t0 + rows.size() % 300 * Window.SIZE_MS,
            cell,
            serviceClass,
            tenant,
            client,
            "a" + rows.size(),
            a,
            sketches,
            1,
            1));
  }

  private static SketchColumns sketch(List<Long> us, int requests) {
    TreeMap<Integer, Long> buckets = new TreeMap<>();
    for (int i = 0; i < requests && !us.isEmpty(); i++) {
      double v = us.get(i % us.size());
      buckets.merge((int) Math.ceil(Math.log(v) / Math.log(1.01 / 0.99)), 1L, Long::sum);
    }
    return new SketchColumns(
        buckets.keySet().stream().mapToInt(i -> i).toArray(),
        buckets.values().stream().mapToLong(n -> n).toArray());
  }

  private void site(String site, String region, String jurisdiction) {
    insert(
        "sites (site, effective_from, region, jurisdiction, version)",
        "'%s', '2020-01-01 00:00:00', '%s', '%s', 1".formatted(site, region, jurisdiction));
  }

  private void policy(String serviceClass, String client, String may) {
    insert(
        "jurisdiction_policy (service_class, client_region, jurisdictions, version)",
        "'%s', '%s', ['%s'], 1".formatted(serviceClass, client, may));
  }

  private void rtt(String client, String region, double ms) {
    insert(
        "rtt (client_region, region, rtt_ms, version)",
        "'%s', '%s', %s, toUnixTimestamp64Nano(now64(9))".formatted(client, region, ms));
  }

  private void insert(String table, String values) {
    database.store().command("INSERT INTO " + database.table(table) + " SELECT " + values);
  }

  private void write() {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeRequests(rows);
    }
  }

  private Map<String, GenericRecord> rows(int minRequests) {
    Map<String, GenericRecord> found = new TreeMap<>();
    database
        .store()
        .rows(
            "SELECT * FROM %s(since = '%s', until = '%s', min_share = 0.15, local_rtt_ms = 30, min_requests = %d)"
                .formatted(
                    database.table("region_topology"),
                    CellsBetweenTest.utc(t0),
                    CellsBetweenTest.utc(t0 + HOUR_MS),
                    minRequests))
        .forEach(r -> found.put(r.getString("client_region") + ">" + r.getString("region"), r));
    return found;
  }

  private static void close(GenericRecord row, String column, Double expected) {
    String what = column + " of " + row.getString("client_region") + ">" + row.getString("region");
    assertThat(row.hasValue(column)).as(what + " is known").isEqualTo(expected != null);
    if (expected != null) {
      assertThat(row.getDouble(column)).as(what).isCloseTo(expected, Offset.offset(1e-9));
    }
  }
}
