package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Builds the engines of an island and leads requests to them. */
final class EngineAssembly {
  /** An engine and the machine on which it answers. */
  private record Located(EnginePlan engine, int machine) {}

  private final List<List<Board>> boards;
  private final List<NodePlan> plans;
  private final long startUs;

  /** From the island's prefill server to its decode server; null = it has none. */
  private Handover handover;

  /**
   * @param boards of each machine of the island
   * @param plans of each machine
   */
  EngineAssembly(List<List<Board>> boards, List<NodePlan> plans, long startUs) {
    this.boards = boards;
    this.plans = plans;
    this.startUs = startUs;
    decoders().forEach(decoder -> handover = new Handover(decoder.engine().model()));
  }

  /**
   * @param machine the one on which the engine answers, counted from 0
   * @param random of that machine
   */
  EngineProcess engine(EnginePlan engine, int machine, SplittableRandom random) {
    Located located = new Located(engine, machine);
    Roofline roofline = roofline(located);
    if (roofline.kvTokens() < engine.model().maxModelLen()) {
      throw new IllegalArgumentException(
          "engine " + engine.name() + ": " + engine.model().name() + " does not fit its boards");
    }
    RequestLog log = new RequestLog(engine.name());
    ObjLongConsumer<Request> ended =
        engine.role() == EngineRole.PREFILL ? handover::send : log::finished;
    List<EngineRank> ranks = new ArrayList<>();
    for (int rank = 0; rank < engine.ranks(); rank++) {
      List<EngineRank.Seat> seats =
          engine.places(rank).stream()
              .map(place -> new EngineRank.Seat(board(machine, place), place.slice()))
              .toList();
      RequestSource requests =
          engine.role() == EngineRole.DECODE ? handover : arrivals(located, roofline, random);
      ranks.add(new EngineRank(engine.kind(), roofline, seats, requests, log, ended, startUs));
    }
    long processStartUs = startUs - random.nextLong(60_000_000L, 86_400_000_000L);
    return new EngineProcess(engine, roofline, ranks, log, processStartUs);
  }

  private RequestSource arrivals(Located located, Roofline roofline, SplittableRandom random) {
    EnginePlan engine = located.engine();
    Traffic traffic = engine.traffic();
    SplittableRandom own = random.split();
    Asked asked = new Asked(traffic, engine.model().maxModelLen() - 2048, engine.role(), own);
    if (traffic.thinkSeconds() > 0 && engine.role() == EngineRole.BOTH) {
      int callers = LoadPlan.callers(traffic, roofline);
      return new PatientCallers(callers, traffic.thinkSeconds(), asked, own, startUs);
    }
    Daylight daylight = plans.get(located.machine()).daylight();
    return new Arrivals(asked, perSecond(engine, roofline), daylight, own, startUs);
  }

  private double perSecond(EnginePlan engine, Roofline roofline) {
    Traffic traffic = engine.traffic();
    return switch (engine.role()) {
      case BOTH, DECODE -> LoadPlan.requestsPerSecond(traffic, roofline);
      case EMBED -> LoadPlan.promptsPerSecond(traffic, roofline);
      case PREFILL -> {
        double answered =
            decoders()
                .mapToDouble(
                    d -> d.engine().ranks() * LoadPlan.requestsPerSecond(traffic, roofline(d)))
                .sum();
        double each = answered / engine.ranks();
        yield Math.min(LoadPlan.promptsPerSecond(traffic, roofline), each);
      }
    };
  }

  private Roofline roofline(Located located) {
    EnginePlan engine = located.engine();
    EnginePlan.Place first = engine.places().get(0);
    Slice slice = board(located.machine(), first).slices().get(first.slice());
    Hardware hardware = plans.get(located.machine() + first.further()).hardware();
    return new Roofline(hardware, slice, engine.model(), engine.tp());
  }

  private Board board(int machine, EnginePlan.Place place) {
    return boards.get(machine + place.further()).get(place.board());
  }

  private Stream<Located> decoders() {
    return IntStream.range(0, plans.size())
        .boxed()
        .flatMap(i -> plans.get(i).engines().stream().map(engine -> new Located(engine, i)))
        .filter(located -> located.engine().role() == EngineRole.DECODE);
  }
}
