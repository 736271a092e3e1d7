package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Overlay replicated: what the servers' files name is what the manifests make. On no cluster. */
class ReplicatedClickHouseTest {
  private static final String REPLICATED = "overlays/replicated";

  @Test
  void everyServerAndEveryKeeperIsNamed() throws Exception {
    Document servers = file("tokenwatt-clickhouse-replicas", "replicas.xml");
    assertThat(texts(servers, "replicas", "host"))
        .isEqualTo(addresses("tokenwatt-clickhouse"))
        .hasSize(3);
    assertThat(texts(servers, "zookeeper", "host"))
        .isEqualTo(addresses("tokenwatt-keeper"))
        .hasSize(3);
    Document keepers = file("tokenwatt-keeper", "keeper_config.xml");
    assertThat(texts(keepers, "raft_configuration", "hostname"))
        .isEqualTo(addresses("tokenwatt-keeper"));
    assertThat(texts(keepers, "raft_configuration", "id")).containsExactly("1", "2", "3");
  }

  /** Pods of a StatefulSet by the names that its headless Service gives them. */
  private static List<String> addresses(String set) {
    Manifest manifest = only("StatefulSet", set);
    String service = manifest.tree().at("/spec/serviceName").asText();
    assertThat(only("Service", service).tree().at("/spec/clusterIP").asText()).isEqualTo("None");
    assertThat(only("Service", service).tree().at("/spec/selector"))
        .isEqualTo(manifest.tree().at("/spec/selector/matchLabels"));
    return IntStream.range(0, manifest.tree().at("/spec/replicas").asInt())
        .mapToObj(i -> "%s-%d.%s.tokenwatt.svc".formatted(set, i, service))
        .toList();
  }

  @Test
  void portsAreListenedOnServedAndLetIn() throws Exception {
    Document servers = file("tokenwatt-clickhouse-replicas", "replicas.xml");
    Document keepers = file("tokenwatt-keeper", "keeper_config.xml");
    String interserver = texts(servers, "clickhouse", "interserver_http_port").get(0);
    assertThat(ports("tokenwatt-clickhouse", "tokenwatt-clickhouse-each")).contains(interserver);
    assertThat(texts(servers, "zookeeper", "port"))
        .containsOnly(texts(keepers, "keeper_server", "tcp_port").get(0));
    assertThat(ports("tokenwatt-keeper", "tokenwatt-keeper"))
        .contains(texts(keepers, "raft_configuration", "port").get(0))
        .contains(texts(keepers, "keeper_server", "tcp_port").get(0));
  }

  /** Those that a container opens, its headless Service serves and its policy lets in. */
  private static List<String> ports(String set, String service) {
    List<String> ports = new ArrayList<>();
    List<String> served = only("Service", service).tree().findValuesAsText("port");
    List<String> letIn = only("NetworkPolicy", set).tree().findValuesAsText("port");
    for (JsonNode container : only("StatefulSet", set).containers()) {
      for (String opened : container.findValuesAsText("containerPort")) {
        if (served.contains(opened) && letIn.contains(opened)) {
          ports.add(opened);
        }
      }
    }
    return ports;
  }

  @Test
  void whatTheFilesTakeFromTheEnvironmentIsGiven() throws Exception {
    Map<String, String> environment =
        Pod.of(REPLICATED, "StatefulSet", "tokenwatt-clickhouse", "clickhouse").environment();
    for (Document document :
        List.of(
            file("tokenwatt-clickhouse-replicas", "replicas.xml"),
            file("tokenwatt-clickhouse-replicas", "profile.xml"),
            file("tokenwatt-clickhouse", "config.xml"),
            file("tokenwatt-clickhouse", "users.xml"))) {
      NodeList all = document.getElementsByTagName("*");
      for (int i = 0; i < all.getLength(); i++) {
        if (all.item(i).getAttributes().getNamedItem("from_env") != null) {
          assertThat(environment)
              .containsKey(all.item(i).getAttributes().getNamedItem("from_env").getNodeValue());
        }
      }
    }
    assertThat(environment.get("POD_ADDRESS"))
        .isEqualTo("$(POD_NAME).tokenwatt-clickhouse-each.tokenwatt.svc");
  }

  @Test
  void schemaNamesTheClusterAndAlertsAskOneServer() throws Exception {
    List<String> schema = Pod.of(REPLICATED, "Job", "tokenwatt-schema", "schema").arguments();
    assertThat(schema).containsSequence("--cluster", "replicas");
    Document servers = file("tokenwatt-clickhouse-replicas", "replicas.xml");
    assertThat(servers.getElementsByTagName("replicas").getLength()).isEqualTo(1);
    Map<String, String> alerts =
        Pod.of(REPLICATED, "Deployment", "tokenwatt-alerts", "alerts").environment();
    assertThat(alerts)
        .containsEntry(
            "CLICKHOUSE_URL", "http://" + addresses("tokenwatt-clickhouse").get(0) + ":8123");
  }

  /** Two servers on one node would go together. */
  @Test
  void neitherServersNorKeepersShareANodeOrLeaveTogether() {
    for (String set : List.of("tokenwatt-clickhouse", "tokenwatt-keeper")) {
      JsonNode apart =
          only("StatefulSet", set)
              .podSpec()
              .at("/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0");
      assertThat(apart.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
      assertThat(apart.at("/labelSelector/matchLabels"))
          .isEqualTo(only("StatefulSet", set).tree().at("/spec/selector/matchLabels"));
      Manifest budget = only("PodDisruptionBudget", set);
      assertThat(budget.tree().at("/spec/maxUnavailable").asInt()).isEqualTo(1);
    }
  }

  private static Document file(String configMap, String name) throws Exception {
    JsonNode text = only("ConfigMap", configMap).tree().path("data").path(name);
    assertThat(text.isTextual()).as(configMap + " " + name).isTrue();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.asText().getBytes(StandardCharsets.UTF_8)));
  }

  /** Of the elements so called within those, in order. */
  private static List<String> texts(Document document, String within, String name) {
    List<String> texts = new ArrayList<>();
    NodeList outer = document.getElementsByTagName(within);
    for (int i = 0; i < outer.getLength(); i++) {
      NodeList all = ((org.w3c.dom.Element) outer.item(i)).getElementsByTagName(name);
      for (int k = 0; k < all.getLength(); k++) {
        texts.add(all.item(k).getTextContent().strip());
      }
    }
    return texts;
  }

  /** Generated ones carry a hash behind their name. */
  private static Manifest only(String kind, String name) {
    return Kubectl.kustomize(REPLICATED).stream()
        .filter(manifest -> manifest.kind().equals(kind))
        .filter(manifest -> manifest.name().matches(name + "(-[a-z0-9]{10})?"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }
}
