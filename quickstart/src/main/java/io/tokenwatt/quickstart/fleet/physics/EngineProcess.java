package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/** One server: the ranks behind one /metrics page and the life of its process. Not thread-safe. */
public final class EngineProcess implements Source {
  private final String name;
  private final EngineKind kind;
  private final EngineRole role;
  private final ServedModel model;
  private final Roofline roofline;
  private final List<EngineRank> ranks;
  private final RequestLog log;
  private Restart restart;
  private int blockSize = 16;
  private Injection.Rollout rollout;
  private long processStartUs;
  private boolean up = true;
  private boolean restarted;

  EngineProcess(
      EnginePlan plan,
      Roofline roofline,
      List<EngineRank> ranks,
      RequestLog log,
      long processStartUs) {
    this.name = plan.name();
    this.kind = plan.kind();
    this.role = plan.role();
    this.model = roofline.model();
    this.roofline = roofline;
    this.ranks = List.copyOf(ranks);
    this.log = log;
    this.restart = plan.restart();
    this.processStartUs = processStartUs;
  }

  public String name() {
    return name;
  }

  public EngineKind kind() {
    return kind;
  }

  public EngineRole role() {
    return role;
  }

  /** What the gateway in front of it notes. */
  public RequestLog log() {
    return log;
  }

  public ServedModel model() {
    return model;
  }

  /** In the order of the label {@code engine}. */
  public List<EngineRank> ranks() {
    return ranks;
  }

  /** Tokens that fit one rank's KV cache. */
  public long kvTokens() {
    return roofline.kvTokens();
  }

  /** Tokens per block of the KV cache, as the process that runs now was told. */
  public int blockSize() {
    return blockSize;
  }

  /** Blocks in one rank's KV cache. */
  public long kvBlocks() {
    return roofline.kvTokens() / blockSize;
  }

  public long processStartUs() {
    return processStartUs;
  }

  /** Whether the server answers. */
  public boolean up() {
    return up;
  }

  long lifetimeOutput() {
    return ranks.stream().mapToLong(EngineRank::lifetimeOutput).sum();
  }

  long lifetimePrompt() {
    return ranks.stream().mapToLong(EngineRank::lifetimePrompt).sum();
  }

  /** A rollout goes down now, or it is refused while the process is down. */
  void inject(Injection.OfEngines injection, long nowUs) {
    if (injection instanceof Injection.Rollout next) {
      if (!up) {
        throw new IllegalStateException("engine " + name + " is down: it cannot be rolled out");
      }
      rollout = next;
      restart = new Restart(nowUs, nowUs + next.seconds() * 1_000_000L);
      restarted = false;
      return;
    }
    ranks.forEach(rank -> rank.inject(injection));
  }

  @Override
  public long nextUs() {
    return restarted ? NEVER : up ? restart.downUs() : restart.upUs();
  }

  @Override
  public void fire() {
    if (up) {
      up = false;
      ranks.forEach(rank -> rank.crash(restart.downUs()));
      return;
    }
    up = true;
    restarted = true;
    processStartUs = restart.processStartUs();
    if (rollout != null) {
      ranks.forEach(rank -> rank.slower(rollout.slower()));
      blockSize = rollout.blockSize() > 0 ? rollout.blockSize() : blockSize;
      rollout = null;
    }
    ranks.forEach(rank -> rank.restart(restart.upUs()));
  }
}
