package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.LabelLimits;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.jobs.recordtime.RecordTime;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.NodeRow;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Node samples in, facts out. Stage 1 meters each node, stage 2 adds up each cell. Watermarks come
 * from Kafka's record time, so no node's clock can move another's windows.
 */
public final class EfficiencyJob {
  /** From a window's end until it is judged, where rows are written in time. */
  public static final Duration JUDGE_DELAY = Duration.ofSeconds(5);

  private final Source<RawRecord, ?, ?> source;
  private final Settings settings;
  private final Sinks sinks;
  private int readers;

  /**
   * @param fireDelay how long after a window's end its first row is written: one tick + 1 s
   * @param idleAfter the last resort for partitions without heartbeats; zero = every partition
   *     holds windows back until its end. See {@link RecordTime}.
   * @param disorder by how much a partition's record times may go back
   * @param epoch of a deliberate recomputation
   * @param prices of live costs, which name the version they used
   * @param labels how many values each label may bring
   * @param judgeDelay how long after its end a window is handed to be judged; zero = never
   */
  public record Settings(
      Duration fireDelay,
      Duration idleAfter,
      Duration disorder,
      int epoch,
      FollowedTable<PriceBook> prices,
      PowerBook power,
      LabelLimits labels,
      Duration judgeDelay) {

    /** A topic whose windows are not judged. */
    public Settings(
        Duration fireDelay,
        Duration idleAfter,
        Duration disorder,
        int epoch,
        PriceBook prices,
        PowerBook power,
        LabelLimits labels) {
      this(
          fireDelay,
          idleAfter,
          disorder,
          epoch,
          FollowedTable.fixed(prices),
          power,
          labels,
          Duration.ZERO);
    }

    /** A live topic, whose record times never go back. */
    public Settings(
        Duration fireDelay,
        Duration idleAfter,
        int epoch,
        FollowedTable<PriceBook> prices,
        PowerBook power) {
      this(
          fireDelay,
          idleAfter,
          Duration.ZERO,
          epoch,
          prices,
          power,
          LabelLimits.DEFAULT,
          Duration.ZERO);
    }

    /** Prices that do not change while it runs. */
    public Settings(
        Duration fireDelay, Duration idleAfter, int epoch, PriceBook prices, PowerBook power) {
      this(fireDelay, idleAfter, epoch, FollowedTable.fixed(prices), power);
    }

    public Settings withLabels(LabelLimits limits) {
      return new Settings(fireDelay, idleAfter, disorder, epoch, prices, power, limits, judgeDelay);
    }

    /**
     * Windows are judged: 5 s after their end, and later where rows are written later.
     *
     * @throws IllegalStateException if record times may go back: what is known when would depend on
     *     how partitions are read
     */
    public Settings judged() {
      if (!disorder.isZero()) {
        throw new IllegalStateException("windows of a disordered log cannot be judged");
      }
      Duration late = fireDelay.plusSeconds(3);
      return new Settings(
          fireDelay,
          idleAfter,
          disorder,
          epoch,
          prices,
          power,
          labels,
          late.compareTo(JUDGE_DELAY) > 0 ? late : JUDGE_DELAY);
    }
  }

  /**
   * What is judged of closed windows, each told once; empty where {@link Settings#judgeDelay} is
   * zero.
   *
   * @param changes what was seen to change on nodes; always told
   */
  public record Judged(
      DataStream<SettledCell> cells,
      DataStream<GpuRow> gpus,
      DataStream<EngineRow> engines,
      DataStream<ChangeEvent> changes) {}

  /** Where each kind of row goes. */
  public record Sinks(
      Sink<CellRow> cells,
      Sink<LatencyRow> latencies,
      Sink<GpuRow> gpus,
      Sink<EngineRow> engines,
      Sink<NodeRow> nodes,
      Sink<IntakeRow> intake,
      Sink<RejectedRecord> rejects,
      Sink<RejectedRecord> rejectsTopic,
      Sink<CellRow> efficiencyTopic) {}

  public EfficiencyJob(Source<RawRecord, ?, ?> source, Settings settings, Sinks sinks) {
    this.source = source;
    this.settings = settings;
    this.sinks = sinks;
  }

  /**
   * @param subtasks that read the topic; 0 = as many as other operators have
   */
  public EfficiencyJob withReaders(int subtasks) {
    readers = subtasks;
    return this;
  }

  /** Adds the job's operators to the environment. */
  public Judged build(StreamExecutionEnvironment env) {
    RecordTime<RawRecord> recordTime = new RecordTime<>(settings.disorder(), settings.idleAfter());
    SingleOutputStreamOperator<CellPart> nodes =
        RecordLog.read(env, source, recordTime, "node-samples", readers)
            .keyBy(RawRecord::key)
            .process(
                new NodeMeterFunction(
                    settings.power(), settings.labels(), settings.epoch(), settings.judgeDelay()))
            .name("meter per node")
            .uid("node-meter");
    // Engines that no node sees whole are put together before they count for their cells.
    SingleOutputStreamOperator<CellPart> units =
        nodes
            .filter(part -> part.member() != null)
            .name("members")
            .uid("members")
            .keyBy(part -> part.member().unit())
            .process(new UnitFunction(settings.fireDelay(), settings.judgeDelay()))
            .name("join per unit")
            .uid("unit-join");
    SingleOutputStreamOperator<CellRow> cells =
        nodes
            .filter(part -> part.member() == null)
            .name("whole engines")
            .uid("whole-engines")
            .union(units)
            .keyBy(part -> part.cell().id())
            .process(
                new CellFunction(
                    settings.prices(),
                    settings.fireDelay(),
                    settings.epoch(),
                    settings.judgeDelay()))
            .name("sum per cell")
            .uid("cell-sum");
    cells.sinkTo(sinks.cells()).name("efficiency_10s").uid("efficiency_10s");
    cells.sinkTo(sinks.efficiencyTopic()).name("topic efficiency").uid("topic-efficiency");
    cells
        .getSideOutput(CellFunction.LATENCIES)
        .sinkTo(sinks.latencies())
        .name("latency_10s")
        .uid("latency_10s");
    nodes.getSideOutput(NodeMeterFunction.GPUS).sinkTo(sinks.gpus()).name("gpu_10s").uid("gpu_10s");
    nodes
        .getSideOutput(NodeMeterFunction.ENGINES)
        .sinkTo(sinks.engines())
        .name("engine_10s")
        .uid("engine_10s");
    nodes
        .getSideOutput(NodeMeterFunction.NODES)
        .sinkTo(sinks.nodes())
        .name("node_10s")
        .uid("node_10s");
    nodes
        .getSideOutput(NodeMeterFunction.INTAKE)
        .sinkTo(sinks.intake())
        .name("intake_10s")
        .uid("intake_10s");
    nodes
        .getSideOutput(NodeMeterFunction.REJECTS)
        .sinkTo(sinks.rejects())
        .name("rejects")
        .uid("rejects");
    nodes
        .getSideOutput(NodeMeterFunction.REJECTS)
        .sinkTo(sinks.rejectsTopic())
        .name("topic rejects")
        .uid("topic-rejects");
    return new Judged(
        cells.getSideOutput(CellFunction.SETTLED),
        nodes.getSideOutput(NodeMeterFunction.JUDGED_GPUS),
        nodes.getSideOutput(NodeMeterFunction.JUDGED_ENGINES),
        nodes.getSideOutput(NodeMeterFunction.CHANGES));
  }
}
