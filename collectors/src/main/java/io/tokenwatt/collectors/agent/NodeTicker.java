package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.agent.SampleAssembler.Assembled;
import io.tokenwatt.collectors.agent.TargetTicker.Outcome;
import io.tokenwatt.collectors.clock.ClockJump;
import io.tokenwatt.collectors.clock.Moment;
import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.collectors.ownership.SlurmRules;
import io.tokenwatt.collectors.scrape.Failure;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: a tick scrapes all its targets at once, and when the last has answered or failed, one
 * record leaves. A tick that comes before the one before is over is left out and counted.
 */
final class NodeTicker {
  private static final Logger LOG = LoggerFactory.getLogger(NodeTicker.class);
  private static final String VERSION = AgentVersion.read();

  private final NodePlan plan;
  private final AgentParts parts;
  private final List<TargetTicker> targets;
  private final Set<String> names;
  private final EngineMemory memory = new EngineMemory();
  private final OwnerMemory owners = new OwnerMemory();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicLong seq;
  private volatile boolean stopped;
  // Guarded by busy.
  private final OwnershipNews news;
  private final ClockJump jump = new ClockJump();
  private long clockJumpMs;

  /**
   * @param seq of the node's last record; goes on where a changed plan has a new ticker
   */
  NodeTicker(NodePlan plan, AgentParts parts, AtomicLong seq) {
    this.plan = plan;
    this.parts = parts;
    this.seq = seq;
    this.news = new OwnershipNews(plan.node().node(), parts.counters(), parts.health());
    this.targets = plan.targets().stream().map(this::ticker).toList();
    this.names = plan.targets().stream().map(TargetSpec::name).collect(Collectors.toSet());
  }

  private TargetTicker ticker(TargetSpec target) {
    // Half a tick is the most, so that a tick is over before the next.
    Duration half = parts.config().tick().dividedBy(2);
    Duration timeout = target.timeout().filter(t -> t.compareTo(half) < 0).orElse(half);
    return new TargetTicker(
        plan.node().node(),
        target,
        parts.client().scraper(target, timeout, parts.config().maxBody()),
        parts.catalogue(),
        parts.tally(),
        parts.health());
  }

  NodePlan plan() {
    return plan;
  }

  boolean isIdle() {
    return !busy.get();
  }

  /** Scrapes broken off from now on are not taken for failures of their targets. */
  void stop() {
    stopped = true;
  }

  /** What it shows in /healthz. */
  Set<String> components() {
    return Stream.concat(targets.stream().map(TargetTicker::component), Stream.of(news.component()))
        .collect(Collectors.toSet());
  }

  /** Starts a tick and returns at once. */
  void tick() {
    if (!busy.compareAndSet(false, true)) {
      parts.tally().overrun(plan.node().node(), 1);
      return;
    }
    Moment now = parts.clock().now();
    clockJumpMs = jump.look(now);
    long observedAtMs = now.wallMs();
    AtomicReferenceArray<Outcome> outcomes = new AtomicReferenceArray<>(targets.size());
    AtomicInteger open = new AtomicInteger(targets.size());
    for (int i = 0; i < targets.size(); i++) {
      int index = i;
      targets
          .get(i)
          .start(
              outcome -> {
                outcomes.set(index, outcome);
                if (open.decrementAndGet() == 0) {
                  finish(observedAtMs, outcomes);
                }
              });
    }
  }

  private void finish(long observedAtMs, AtomicReferenceArray<Outcome> outcomes) {
    try {
      publish(observedAtMs, outcomes);
    } catch (RuntimeException e) {
      LOG.error("node {}: a bug of ours, this tick is lost", plan.node().node(), e);
    } finally {
      busy.set(false);
    }
  }

  private void publish(long observedAtMs, AtomicReferenceArray<Outcome> outcomes) {
    if (stopped) {
      return;
    }
    List<TargetReading> readings = new ArrayList<>();
    List<ScrapeFailure> failures = new ArrayList<>();
    for (int i = 0; i < outcomes.length(); i++) {
      String name = targets.get(i).target().name();
      outcomes.get(i).reading().ifPresent(readings::add);
      outcomes.get(i).failure().ifPresent(failure -> failures.add(failure(name, failure)));
    }
    memory.learn(readings, names);
    Assembled assembled =
        SampleAssembler.assemble(
            header(observedAtMs, seq.incrementAndGet()),
            readings,
            failures,
            knowledge(),
            memory.engines(),
            memory.driver(),
            owners);
    news.learn(assembled);
    parts.sink().publish(assembled.sample());
  }

  private Knowledge knowledge() {
    AgentConfig config = parts.config();
    SlurmRules slurm = config.ownership().slurm();
    if (parts.kubernetes().isPresent() && plan.node().equals(config.own())) {
      return parts.kubernetes().get().knowledge(plan.bindings(), plan.targets(), slurm);
    }
    return Knowledge.of(plan.bindings()).with(slurm);
  }

  private static ScrapeFailure failure(String target, Failure failure) {
    return ScrapeFailure.newBuilder()
        .setTarget(target)
        .setReason(failure.reason().code())
        .setDetail(failure.detail())
        .build();
  }

  private SampleHeader header(long observedAtMs, long number) {
    return new SampleHeader(
        plan.node().identity(),
        parts.agentRun(),
        number,
        observedAtMs,
        Math.toIntExact(parts.config().tick().toMillis()),
        parts.bootedAtMs(),
        VERSION,
        plan.node().puePpm(),
        clockJumpMs,
        parts.clock().skewMs());
  }
}
