package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract runs on the broker it is given, and tells what failed. */
class BrokerContractTest {
  private static final List<String> MET = new ArrayList<>();

  /** A broker that only writes down what is asked of it. */
  private static final class Other implements Broker {
    final List<String> topics = new ArrayList<>();

    @Override
    public String bootstrapServers() {
      return "other.example:9092";
    }

    @Override
    public void createTopic(String name, int partitions, Map<String, String> config) {
      topics.add(name);
    }
  }

  /** Not run by itself: build tools leave nested classes out. */
  static class AsksForTheBroker {
    @Test
    void asks() {
      MET.add(Engines.shared().kafka.bootstrapServers());
    }
  }

  /** As above. */
  static class Fails {
    @Test
    void whatIsWrongHere() {
      throw new AssertionError("told");
    }
  }

  @Test
  void testsMeetTheBrokerThatIsGivenAndOnlyThey() {
    Other other = new Other();
    TestExecutionSummary summary =
        BrokerContract.on(other, List.of(AsksForTheBroker.class.getName()));
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(MET).containsExactly("other.example:9092");
    assertThat(other.topics).contains(Topics.EVENTS, Topics.REJECTS);
    assertThat(Engines.shared().kafka.bootstrapServers()).doesNotContain("other.example");
  }

  @Test
  void whatFailsIsNamed() {
    TestExecutionSummary summary = BrokerContract.on(new Other(), List.of(Fails.class.getName()));
    assertThat(BrokerContract.failures(summary)).hasSize(1).first().asString().contains("told");
  }

  @Test
  void everyTestOfTheContractIsThere() throws ClassNotFoundException {
    for (String test : BrokerContract.TESTS) {
      assertThat(Class.forName(test).getSimpleName()).endsWith("Test");
    }
  }
}
