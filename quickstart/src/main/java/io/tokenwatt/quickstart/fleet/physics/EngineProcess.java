package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * One vLLM server: the ranks behind one /metrics page and the life of its process. Not thread-safe.
 */
public final class EngineProcess implements Source {
  private final String name;
  private final ServedModel model;
  private final Roofline roofline;
  private final List<EngineRank> ranks;
  private final Restart restart;
  private long processStartUs;
  private boolean up = true;
  private boolean restarted;

  EngineProcess(
      String name,
      Roofline roofline,
      List<EngineRank> ranks,
      Restart restart,
      long processStartUs) {
    this.name = name;
    this.model = roofline.model();
    this.roofline = roofline;
    this.ranks = List.copyOf(ranks);
    this.restart = restart;
    this.processStartUs = processStartUs;
  }

  public String name() {
    return name;
  }

  public ServedModel model() {
    return model;
  }

  /** In the order of the label {@code engine}. */
  public List<EngineRank> ranks() {
    return ranks;
  }

  /** Blocks of 16 tokens in one rank's KV cache. */
  public long kvBlocks() {
    return roofline.kvTokens() / 16;
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
    ranks.forEach(rank -> rank.restart(restart.upUs()));
  }
}
