package io.tokenwatt.jobs.recordtime;

import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many subtasks read a topic. */
public final class Readers {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

  private Readers() {}

  /**
   * No more than the topic has partitions now: a reader without one has no time, and holds all
   * windows back until {@link RecordTime} knows that it will be given none.
   *
   * @return {@code parallelism} where there is no such topic or Kafka does not tell, within seconds
   */
  public static int of(String bootstrap, String topic, Properties kafka, int parallelism) {
    try (TopicPartitions partitions = new TopicPartitions(bootstrap, List.of(topic), kafka)) {
      int count = partitions.of(topic);
      return count == 0 ? parallelism : Math.min(count, parallelism);
    } catch (KafkaException e) {
      LOG.warn(
          "it is not known how many partitions {} has ({}): it is read by {} subtasks, and one without a partition holds windows back for its first minute",
          topic,
          e.getMessage(),
          parallelism);
      return parallelism;
    }
  }
}
