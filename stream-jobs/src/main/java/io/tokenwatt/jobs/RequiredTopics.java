package io.tokenwatt.jobs;

import io.tokenwatt.config.tls.KafkaFailure;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.model.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that the jobs read and write, looked for before they start: an upgrade that adds one
 * would otherwise end in a job that fails and restarts without saying why. A broker that does not
 * answer, or that may not be asked, is the jobs' own business.
 */
final class RequiredTopics {
  private static final Logger LOG = LoggerFactory.getLogger(RequiredTopics.class);
  private static final long PATIENCE_S = 20;

  private RequiredTopics() {}

  /** A topic is missing; the message names it and what creates it. */
  static final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingException(String bootstrap, List<String> missing) {
      super(
          "Kafka at %1$s has no topic %2$s. Create what is missing: deploy/single-host/create-topics.sh %1$s REPLICAS leaves existing topics as they are; or kafka-topics.sh --bootstrap-server %1$s --create --topic %3$s --partitions 1"
              .formatted(bootstrap, String.join(", ", missing), missing.get(0)));
    }
  }

  /** Heartbeats are wanted, and this user may not write them: windows would wait for silence. */
  static final class HeartbeatsDeniedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HeartbeatsDeniedException(String bootstrap, List<String> denied) {
      super(
          "Kafka at %1$s does not let the jobs' user write heartbeats into %2$s. Allow it: kafka-acls.sh --bootstrap-server %1$s --add --allow-principal User:NAME --operation Write --topic %3$s; or set heartbeat: off, and results depend on timing (docs/reliability.md)"
              .formatted(bootstrap, String.join(", ", denied), denied.get(0)));
    }
  }

  /** Kafka, or what answers in its place, and we do not trust each other; waiting heals nothing. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String bootstrap, String why, Throwable cause) {
      super("Kafka at %s: %s".formatted(bootstrap, why), cause);
    }
  }

  /** Those of a configuration. Topic tokenwatt.events may be missing: nobody told of a change. */
  static List<String> of(JobConfig config) {
    List<String> topics = new ArrayList<>();
    topics.add(config.topic());
    if (config.requests().enabled()) {
      topics.add(config.requests().topic());
    }
    topics.add(Topics.REJECTS);
    topics.add(Topics.EFFICIENCY);
    if (config.regressions().enabled()) {
      topics.add(Topics.REGRESSIONS);
    }
    return List.copyOf(topics);
  }

  /**
   * @throws MissingException if Kafka says that one is missing
   * @throws HeartbeatsDeniedException if Kafka says that the user lacks a right
   * @throws RefusedException if TLS or the login fails
   */
  static void check(JobConfig config) throws InterruptedException {
    Properties kafka = new Properties();
    kafka.putAll(config.kafkaProperties());
    List<String> written = config.heartbeat().isZero() ? List.of() : config.timedTopics();
    check(config.bootstrap(), kafka, of(config), written);
  }

  static void check(
      String bootstrap, Properties kafka, List<String> topics, List<String> withHeartbeats)
      throws InterruptedException {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    List<String> missing = new ArrayList<>();
    List<String> denied = new ArrayList<>();
    try (Admin admin = Admin.create(properties)) {
      var described =
          admin
              .describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues();
      for (String topic : topics) {
        if (isMissing(bootstrap, described.get(topic))) {
          missing.add(topic);
        } else if (withHeartbeats.contains(topic) && isDenied(described.get(topic))) {
          denied.add(topic);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingException(bootstrap, missing);
    }
    if (!denied.isEmpty()) {
      throw new HeartbeatsDeniedException(bootstrap, denied);
    }
  }

  /** Where nothing was told, nothing is denied. */
  private static boolean isDenied(KafkaFuture<TopicDescription> description) {
    if (!description.isDone() || description.isCompletedExceptionally()) {
      return false;
    }
    Set<AclOperation> allowed =
        description.toCompletionStage().toCompletableFuture().join().authorizedOperations();
    return allowed != null && !allowed.contains(AclOperation.WRITE);
  }

  private static boolean isMissing(String bootstrap, KafkaFuture<TopicDescription> description)
      throws InterruptedException {
    try {
      description.get(PATIENCE_S, TimeUnit.SECONDS);
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return true;
      }
      Optional<String> refused =
          e.getCause() instanceof AuthorizationException
              ? Optional.empty()
              : KafkaFailure.security(e.getCause());
      if (refused.isPresent()) {
        throw new RefusedException(bootstrap, refused.get(), e.getCause());
      }
      LOG.warn("cannot look for a topic: {}", e.getCause().toString());
      return false;
    } catch (TimeoutException e) {
      LOG.warn("cannot look for a topic: Kafka did not answer in {} s", PATIENCE_S);
      return false;
    }
  }
}
