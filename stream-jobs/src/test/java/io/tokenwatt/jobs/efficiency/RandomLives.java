package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.node.RandomNode;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Random nodes on three partitions, the first three of which serve together. */
public final class RandomLives {
  private RandomLives() {}

  /** In the order of Kafka's time. */
  public static List<RawRecord> of(long seed, int nodes, int ticks, long startMs) {
    List<RawRecord> log = new ArrayList<>();
    for (int n = 0; n < nodes; n++) {
      String name = "node-" + n;
      for (RandomNode.Logged record : new RandomNode(seed + n, ticks, startMs).log) {
        NodeSample.Builder sample = record.sample().toBuilder();
        sample.getNodeBuilder().setNode(name);
        if (n < 3) {
          // Three nodes make up one engine, and their other engines a pair: the stage between.
          int part = n;
          sample
              .getBindingsBuilderList()
              .forEach(
                  b -> {
                    if (b.getWorkload().equals("w1")) {
                      b.setEngineGroup("lws-0").setMembers(3);
                    } else {
                      b.setRole(part == 0 ? "prefill" : "decode").setPairGroup("pd-0");
                    }
                  });
        }
        log.add(new RawRecord(name, sample.build().toByteArray(), record.recordMs(), "", n % 3, 0));
      }
    }
    log.sort(Comparator.comparingLong(RawRecord::timestampMs));
    return log;
  }
}
