package io.tokenwatt.jobs.node;

import com.google.protobuf.ByteString;
import io.tokenwatt.model.proto.NodeSample;
import java.util.SplittableRandom;

/** Samples that are good Protobuf and contradict themselves, or tell of impossible times. */
final class Contradictions {
  private static final long[] TIMES = {
    Long.MIN_VALUE, -1, 0, 1, 4_102_444_800_000L, Long.MAX_VALUE / 1000, Long.MAX_VALUE
  };

  private Contradictions() {}

  static NodeSample in(NodeSample good, SplittableRandom random) {
    NodeSample.Builder b = good.toBuilder();
    long time = TIMES[random.nextInt(TIMES.length)];
    switch (random.nextInt(7)) {
      case 0 -> b.setTickMs((int) time);
      case 1 -> b.setObservedAtMs(time);
      case 2 -> b.setBootedAtMs(time);
      case 3 -> b.setAgentRun(time);
      case 4 -> {
        ByteString uuids = b.getGpus().getUuids();
        b.getGpusBuilder().setUuids(uuids.substring(0, random.nextInt(uuids.size() + 1)));
      }
      case 5 -> {
        if (b.getGpus().getColumnsCount() > 0) {
          b.getGpusBuilder()
              .getColumnsBuilder(random.nextInt(b.getGpus().getColumnsCount()))
              .addValues(time);
        }
      }
      default -> {
        if (b.getBindingsCount() > 0) {
          b.getBindingsBuilder(random.nextInt(b.getBindingsCount())).addGpuRows((int) time);
        }
      }
    }
    return b.build();
  }
}
