package io.tokenwatt.quickstart.bench.suspects;

import io.tokenwatt.jobs.regression.suspect.SuspectKind;
import io.tokenwatt.quickstart.fleet.physics.EngineRank;
import io.tokenwatt.quickstart.fleet.physics.Injection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What is done to the machines, each with a random size, and what it should be called. */
enum Cause {
  /** Nothing. */
  QUIET(SuspectKind.UNKNOWN),
  POWER_CAP(SuspectKind.POWER_CAP) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      boards(machines, new Injection.PowerCap(random.nextInt(270, 360)));
    }
  },
  CLOCK(SuspectKind.CLOCK) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      boards(machines, new Injection.ClockLock(between(random, 0.45, 0.7), random.nextBoolean()));
    }
  },
  THERMAL(SuspectKind.THERMAL) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      boards(machines, new Injection.Heat(between(random, 3.6, 5)));
    }
  },
  HW_SLOWDOWN(SuspectKind.HW_SLOWDOWN) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      boards(
          machines,
          new Injection.HardwareSlowdown(between(random, 0.35, 0.6), random.nextBoolean()));
    }
  },
  DRIVER(SuspectKind.DRIVER_VERSION) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      double slower = between(random, 1.2, 1.6);
      boards(machines, new Injection.Driver("590." + random.nextInt(10, 99) + ".01", slower));
      engines(machines, new Injection.Rollout(1, 0, random.nextInt(8, 25)));
    }
  },
  DEPLOYMENT(SuspectKind.DEPLOYMENT) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      double slower = between(random, 1.2, 1.6);
      engines(machines, new Injection.Rollout(slower, 128, random.nextInt(8, 25)));
    }
  },
  BATCH(SuspectKind.BATCH) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      double running = mean(machines, EngineRank::running);
      int limit = (int) Math.max(2, between(random, 0.45, 0.65) * running);
      engines(machines, new Injection.BatchLimit(limit));
    }
  },
  PROMPT_MIX(SuspectKind.PROMPT_MIX) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      engines(
          machines,
          new Injection.PromptMix(
              between(random, 1.5, 2.3), between(random, 0.9, 1.3), between(random, 0.1, 0.6)));
    }
  },
  KV(SuspectKind.KV_SATURATION) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      double used = mean(machines, EngineRank::kvUsage);
      engines(machines, new Injection.KvShrink(between(random, 0.35, 0.6) * used));
    }
  },
  BAD_NODE(SuspectKind.BAD_NODE) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      Injection.OfBoards what =
          switch (random.nextInt(3)) {
            case 0 -> new Injection.SlowHost(between(random, 5, 9));
            case 1 -> new Injection.SlowMemory(between(random, 0.3, 0.5));
            default -> new Injection.ClockLock(between(random, 0.3, 0.5), false);
          };
      boards(List.of(machines.get(random.nextInt(machines.size()))), what);
    }
  },
  NEIGHBOUR(SuspectKind.NEIGHBOUR) {
    /** In half of the trials it is there before, and does nothing. */
    @Override
    void prepare(List<Machine> machines, SplittableRandom random) {
      if (random.nextBoolean()) {
        machines.forEach(m -> m.bind("batch", Trial.BOARDS, List.of()));
      }
    }

    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      double share = between(random, 0.25, 0.45);
      for (Machine machine : machines) {
        if (machine.bindings.size() == 2) {
          machine.bind("batch", Trial.BOARDS, List.of());
        }
        Trial.BOARDS.forEach(b -> machine.physics.inject(new Injection.Neighbour(share), b));
      }
    }
  },
  INTERCONNECT(SuspectKind.INTERCONNECT) {
    @Override
    void strike(List<Machine> machines, SplittableRandom random) {
      boards(machines, new Injection.LinkLoss(between(random, 0.6, 1)));
    }
  };

  final SuspectKind expected;

  Cause(SuspectKind expected) {
    this.expected = expected;
  }

  /** Before the first tick. */
  void prepare(List<Machine> machines, SplittableRandom random) {}

  void strike(List<Machine> machines, SplittableRandom random) {}

  /** All but quiet. */
  static Set<Cause> all() {
    return EnumSet.complementOf(EnumSet.of(QUIET));
  }

  private static void boards(List<Machine> machines, Injection.OfBoards injection) {
    machines.forEach(machine -> machine.physics.inject(injection));
  }

  private static void engines(List<Machine> machines, Injection.OfEngines injection) {
    each(machines, machine -> machine.physics.inject(injection, Trial.WORKLOAD));
  }

  private static void each(List<Machine> machines, Consumer<Machine> action) {
    machines.forEach(action);
  }

  private static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double mean(
      List<Machine> machines, java.util.function.ToDoubleFunction<EngineRank> value) {
    return machines.stream()
        .mapToDouble(m -> value.applyAsDouble(m.physics.engines().get(0).ranks().get(0)))
        .average()
        .orElseThrow();
  }
}
