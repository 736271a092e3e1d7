package io.tokenwatt.jobs.rejects;

import io.tokenwatt.config.DurationText;
import io.tokenwatt.config.tls.KafkaFailure;
import io.tokenwatt.model.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which Kafka, and which of the records kept aside there. */
final class Broker {
  @Option(
      names = "--bootstrap",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka's brokers.")
  private String bootstrap;

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "Of Kafka's clients, such as security.protocol=SSL; repeat for more.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--last",
      paramLabel = "LENGTH",
      converter = Length.class,
      description = "Only what was kept aside since, such as 2h; default: all.")
  private Duration last;

  @Option(names = "--topic", paramLabel = "NAME", description = "Only what came from it.")
  private String topic;

  @Option(names = "--reason", paramLabel = "WORD", description = "Only what has this reason.")
  private String reason;

  @Option(names = "--key", paramLabel = "TEXT", description = "Only of this node or event id.")
  private String key;

  @Option(
      names = "--samples-topic",
      paramLabel = "NAME",
      defaultValue = Topics.NODE_SAMPLES,
      description =
          "Where node samples come from, kafka.topic of the jobs; default: ${DEFAULT-VALUE}")
  private String samples;

  Prospect prospect(Kept kept) {
    return Prospect.of(kept, samples);
  }

  boolean chooses(Kept kept) {
    return (topic == null || topic.equals(kept.topic()))
        && (reason == null || reason.equals(kept.reason()))
        && (key == null || key.equals(kept.keyText()));
  }

  long sinceMs(long nowMs) {
    return last == null ? 0 : nowMs - last.toMillis();
  }

  /** Settings of a consumer or a producer; what a user gives goes before ours. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("max.block.ms", "10000");
    settings.put("request.timeout.ms", "10000");
    settings.put("default.api.timeout.ms", "20000");
    settings.put("delivery.timeout.ms", "20000");
    settings.putAll(properties);
    settings.put("bootstrap.servers", bootstrap);
    return settings;
  }

  /** As durations are written everywhere. */
  private static final class Length implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return DurationText.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  IOException failed(KafkaException e) {
    return new IOException(
        "Kafka at %s: %s. Is there a topic %s?"
            .formatted(bootstrap, KafkaFailure.words(e), Topics.REJECTS),
        e);
  }
}
