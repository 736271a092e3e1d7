package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.NodeSample;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleCheckTest {
  private static final long T0 = 1_700_000_000_000L;

  /**
   * Whatever passes the check must pass the meter; whatever does not has a reason. Nothing throws.
   */
  @Test
  void mutatedRecordsAreRejectedWithAReasonOrMetered() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    RandomNode node = new RandomNode(seed, 300, T0);
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, new Ledger());
    long end = System.nanoTime() + 3_000_000_000L;
    int accepted = 0;
    int rejected = 0;
    while (System.nanoTime() < end) {
      RandomNode.Logged record = node.log.get(random.nextInt(node.log.size()));
      byte[] bytes = record.sample().toByteArray();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      SampleCheck.Result result = SampleCheck.decode("n1", bytes);
      if (result.sample().isPresent()) {
        accepted++;
        meter.accept(result.sample().get(), record.recordMs());
      } else {
        rejected++;
        assertThat(result.reason()).as("seed %d", seed).isNotBlank();
      }
    }
    assertThat(accepted).isPositive();
    assertThat(rejected).isPositive();
  }

  @Test
  void theKeyMustBeTheNode() {
    NodeSample sample = SampleBuilder.at(1, T0).build();
    assertThat(SampleCheck.decode("other", sample.toByteArray()).reason()).isEqualTo("wrong_key");
    assertThat(SampleCheck.decode("n1", sample.toByteArray()).sample()).isPresent();
    assertThat(SampleCheck.decode("n1", new byte[0]).reason()).isEqualTo("empty");
  }
}
