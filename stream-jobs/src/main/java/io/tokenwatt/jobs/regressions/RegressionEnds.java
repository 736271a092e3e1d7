package io.tokenwatt.jobs.regressions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwatt.jobs.sink.FactSink;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.fact.RegressionRow;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/** RegressionJob's ends in Kafka and ClickHouse. */
public final class RegressionEnds {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RegressionEnds() {}

  public static RegressionJob.Sinks sinks(
      StoreConfig store, String bootstrap, Properties kafkaProperties) {
    return new RegressionJob.Sinks(
        new FactSink<>(store, FactWriter::writeRegressions),
        topic(bootstrap, kafkaProperties),
        new FactSink<>(store, FactWriter::writeJudged));
  }

  /** Key = the regression's id, value = JSON; of two messages the higher version is the truth. */
  static Sink<RegressionRow> topic(String bootstrap, Properties properties) {
    return KafkaSink.<RegressionRow>builder()
        .setBootstrapServers(bootstrap)
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            (row, context, timestamp) ->
                new ProducerRecord<>(
                    Topics.REGRESSIONS,
                    null,
                    row.judgedToMs(),
                    row.regression().getBytes(StandardCharsets.UTF_8),
                    json(row)))
        .build();
  }

  static byte[] json(RegressionRow row) {
    ObjectNode node = JSON.createObjectNode();
    node.put("regression", row.regression());
    node.put("version", row.version());
    node.put("opened_ms", row.openedMs());
    node.put("closed_ms", row.closedMs());
    node.put("started_ms", row.startedMs());
    node.put("judged_to_ms", row.judgedToMs());
    node.put("close_reason", row.closeReason());
    node.put("note", row.note());
    node.put("region", row.series().region());
    node.put("cluster", row.cluster());
    node.put("hardware", row.series().hardware());
    node.put("model", row.series().model());
    node.put("precision", row.series().precision());
    node.put("role", row.series().role());
    node.put("workload", row.series().workload());
    node.put("deployment", row.deployment());
    node.put("measure", row.measure());
    node.put("expected", row.expected());
    node.put("observed", row.observed());
    node.put("size", row.size().mean());
    node.put("size_low", row.size().low());
    node.put("size_high", row.size().high());
    node.put("sigma", row.sigma());
    texts(node, "details", row.details());
    node.put("usd_per_day", row.extra().usdPerDay());
    node.put("usd_per_day_low", row.extra().usdPerDayLow());
    node.put("kwh_per_day", row.extra().kwhPerDay());
    node.put("gpu_hours_per_day", row.extra().gpuHoursPerDay());
    node.put("cause", row.cause());
    texts(node, "suspects", row.suspects());
    texts(node, "nodes", row.nodes());
    texts(node, "gpus", row.gpus());
    node.put("quality", row.quality());
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and strings can be written", e);
    }
  }

  private static void texts(ObjectNode node, String name, List<String> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(array::add);
  }
}
