package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.List;
import java.util.Set;

/**
 * Makes the records of one node from readings that were kept elsewhere, as its agent would have:
 * the same ownership, the same memory of engines that do not answer. Feed it in time order. Not
 * thread-safe.
 */
public final class NodeHistory {
  private static final String VERSION = AgentVersion.read();

  private final NodeSpec node;
  private final List<BindingSpec> bindings;
  private final EngineMemory memory = new EngineMemory();

  public NodeHistory(NodeSpec node, List<BindingSpec> bindings) {
    this.node = node;
    this.bindings = List.copyOf(bindings);
  }

  /**
   * @param run orders records before {@code atMs} does; &gt; 0
   * @param atMs when the readings were taken, Unix ms; also the record's number in the run
   * @param tickMs from one record to the next
   * @param targets names of all targets of the node at that time, also of those without a reading
   */
  public NodeSample record(
      long run,
      long atMs,
      int tickMs,
      List<TargetReading> readings,
      List<String> failed,
      Set<String> targets) {
    memory.learn(readings, targets);
    SampleHeader header =
        new SampleHeader(node.identity(), run, atMs, atMs, tickMs, 0, VERSION, node.puePpm());
    return SampleAssembler.assemble(
            header,
            readings,
            failed.stream().map(NodeHistory::failure).toList(),
            Knowledge.of(bindings),
            memory.engines(),
            memory.driver())
        .sample();
  }

  private static ScrapeFailure failure(String target) {
    return ScrapeFailure.newBuilder()
        .setTarget(target)
        .setReason("no_sample")
        .setDetail("the history holds no sample of it here")
        .build();
  }
}
