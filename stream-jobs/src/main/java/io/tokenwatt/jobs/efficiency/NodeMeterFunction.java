package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.FactOutput;
import io.tokenwatt.jobs.node.IntakeOutcome;
import io.tokenwatt.jobs.node.LabelLimits;
import io.tokenwatt.jobs.node.Naming;
import io.tokenwatt.jobs.node.NodeMeter;
import io.tokenwatt.jobs.node.NodeState;
import io.tokenwatt.jobs.node.SampleCheck;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Stage 1: decodes and meters one node's records. State: one {@link NodeState} per node, cleared a
 * day after the node was last seen. Timers: at most one per node is armed, in record time.
 */
public final class NodeMeterFunction extends KeyedProcessFunction<String, RawRecord, CellPart> {
  private static final long serialVersionUID = 1;

  static final OutputTag<GpuRow> GPUS = new OutputTag<>("gpus", TypeInformation.of(GpuRow.class));
  static final OutputTag<EngineRow> ENGINES =
      new OutputTag<>("engines", TypeInformation.of(EngineRow.class));
  static final OutputTag<NodeRow> NODES =
      new OutputTag<>("nodes", TypeInformation.of(NodeRow.class));
  static final OutputTag<IntakeRow> INTAKE =
      new OutputTag<>("intake", TypeInformation.of(IntakeRow.class));
  static final OutputTag<ChangeEvent> CHANGES =
      new OutputTag<>("changes", TypeInformation.of(ChangeEvent.class));
  static final OutputTag<RejectedRecord> REJECTS =
      new OutputTag<>("rejects", TypeInformation.of(RejectedRecord.class));

  /** Boards and engines as they were known when their window is judged. */
  static final OutputTag<GpuRow> JUDGED_GPUS =
      new OutputTag<>("judged-gpus", TypeInformation.of(GpuRow.class));

  static final OutputTag<EngineRow> JUDGED_ENGINES =
      new OutputTag<>("judged-engines", TypeInformation.of(EngineRow.class));

  private final PowerBook power;
  private final LabelLimits limits;
  private final int epoch;
  private final long judgeDelayMs;
  private transient ValueState<NodeState> states;
  private transient Naming naming;
  private transient Map<IntakeOutcome, Counter> outcomes;
  private transient Map<LabelLimits.Label, Counter> beyondLimits;

  /**
   * @param judgeDelay how long after its end a window is judged; zero = never. If it is, a node's
   *     timers run in the order of its own log, however far the other nodes' logs were read: what
   *     is known by then must be the same at any parallelism.
   */
  public NodeMeterFunction(PowerBook power, LabelLimits limits, int epoch, Duration judgeDelay) {
    this.power = power;
    this.limits = limits;
    this.epoch = epoch;
    this.judgeDelayMs = judgeDelay.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("node", TypeInformation.of(NodeState.class)));
    naming = new CatalogueNaming();
    beyondLimits = new EnumMap<>(LabelLimits.Label.class);
    for (LabelLimits.Label label : LabelLimits.Label.values()) {
      String name = "values_beyond_limit_" + label.label();
      beyondLimits.put(label, getRuntimeContext().getMetricGroup().counter(name));
    }
    outcomes = new EnumMap<>(IntakeOutcome.class);
    for (IntakeOutcome outcome : IntakeOutcome.values()) {
      outcomes.put(
          outcome, getRuntimeContext().getMetricGroup().counter("node_samples_" + outcome.label()));
    }
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<CellPart> out)
      throws Exception {
    NodeState state = states.value();
    if (state == null) {
      state = new NodeState();
    }
    Outputs outputs = new Outputs(context, out, judgeDelayMs);
    if (judgeDelayMs > 0) {
      state = upTo(record.timestampMs(), state, outputs);
    }
    outputs.knownMs = record.timestampMs();
    if (meter(state, outputs).isOutlivedBy(record.timestampMs())) {
      state = new NodeState();
    }
    NodeMeter meter = meter(state, outputs);
    SampleCheck.Result decoded = SampleCheck.decode(record.key(), record.value());
    NodeMeter.Verdict verdict =
        decoded.sample().isPresent()
            ? meter.accept(decoded.sample().get(), record.timestampMs())
            : meter.reject(record.key(), record.timestampMs());
    outcomes.get(verdict.outcome()).inc();
    verdict.beyondLimits().forEach((label, n) -> beyondLimits.get(label).inc(n));
    keepAside(record, decoded, verdict, context);
    arm(state, meter, context);
    states.update(state);
  }

  /** What silence means up to a record, before the record is read; then the state to go on with. */
  private NodeState upTo(long recordMs, NodeState state, Outputs outputs) {
    NodeMeter meter = meter(state, outputs);
    long last = Long.MIN_VALUE;
    for (long next = meter.nextTimerMs();
        next < recordMs && next > last;
        next = meter.nextTimerMs()) {
      outputs.knownMs = next;
      meter.advance(next);
      if (meter.isForgotten(next)) {
        return new NodeState();
      }
      last = next;
    }
    return state;
  }

  private static void keepAside(
      RawRecord record, SampleCheck.Result decoded, NodeMeter.Verdict verdict, Context context) {
    switch (verdict.outcome()) {
      case COUNTED -> { // nothing is missing, but a name may be
        if (!verdict.news().isEmpty()) {
          context.output(REJECTS, new RejectedRecord(record, "label_limit", verdict.news()));
        }
        if (!decoded.reason().isEmpty() && verdict.keep()) {
          context.output(REJECTS, new RejectedRecord(record, decoded.reason(), decoded.detail()));
        }
      }
      case DUPLICATE -> {} // nothing is missing
      case REJECTED ->
          context.output(REJECTS, new RejectedRecord(record, decoded.reason(), decoded.detail()));
      case OUT_OF_ORDER, TWO_AGENTS, LATE -> {
        if (verdict.keep()) {
          context.output(
              REJECTS,
              new RejectedRecord(
                  record, verdict.outcome().label(), "first of this window; all are counted"));
        }
      }
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CellPart> out)
      throws Exception {
    NodeState state = states.value();
    if (state == null) {
      return;
    }
    if (timestamp >= state.timerMs) {
      state.timerMs = 0;
    }
    Outputs outputs = new Outputs(context, out, judgeDelayMs);
    outputs.knownMs = timestamp;
    NodeMeter meter = meter(state, outputs);
    meter.advance(timestamp);
    if (meter.isForgotten(timestamp)) {
      states.clear();
      return;
    }
    arm(state, meter, context);
    states.update(state);
  }

  private NodeMeter meter(NodeState state, Outputs outputs) {
    return new NodeMeter(state, naming, power, limits, epoch, outputs);
  }

  private static void arm(NodeState state, NodeMeter meter, Context context) {
    long next = meter.nextTimerMs();
    if (next != Long.MAX_VALUE && (state.timerMs == 0 || next < state.timerMs)) {
      context.timerService().registerEventTimeTimer(next);
      state.timerMs = next;
    }
  }

  private static final class Outputs implements FactOutput {
    private final Context context;
    private final Collector<CellPart> parts;
    private final long judgeDelayMs;
    private long knownMs;

    Outputs(Context context, Collector<CellPart> parts, long judgeDelayMs) {
      this.context = context;
      this.parts = parts;
      this.judgeDelayMs = judgeDelayMs;
    }

    @Override
    public void cell(CellPart part) {
      parts.collect(part.knownAt(knownMs));
    }

    @Override
    public void gpu(GpuRow row) {
      context.output(GPUS, row);
      if (inTime(row.windowStartMs())) {
        context.output(JUDGED_GPUS, row);
      }
    }

    @Override
    public void engine(EngineRow row) {
      context.output(ENGINES, row);
      if (inTime(row.windowStartMs())) {
        context.output(JUDGED_ENGINES, row);
      }
    }

    private boolean inTime(long windowStartMs) {
      return knownMs <= windowStartMs + Window.SIZE_MS + judgeDelayMs && judgeDelayMs > 0;
    }

    @Override
    public void node(NodeRow row) {
      context.output(NODES, row);
    }

    @Override
    public void intake(IntakeRow row) {
      context.output(INTAKE, row);
    }

    @Override
    public void change(ChangeEvent event) {
      context.output(CHANGES, event);
    }
  }
}
