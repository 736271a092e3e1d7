package io.tokenwatt.quickstart.fleet.physics;

/**
 * Something physical that happens to machines. Nobody is told: it shows in what the exporters
 * print, as far as they print it. Sizes are checked where the hardware is known.
 */
public sealed interface Injection {

  /** What happens to boards. */
  sealed interface OfBoards extends Injection {
    /**
     * @throws IllegalArgumentException if the size makes no sense for the board's type
     */
    void check(Hardware hardware);
  }

  /** What happens to engines or to those who ask them. */
  sealed interface OfEngines extends Injection {}

  /** {@code nvidia-smi -pl}: a power limit, W per board, above idle and at most the default. */
  record PowerCap(double watts) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      if (!(watts > hardware.loadedIdleWatts() && watts <= hardware.boardWatts())) {
        throw new IllegalArgumentException(
            "power cap of "
                + watts
                + " W for "
                + hardware.modelName()
                + ": must be above its idle "
                + hardware.loadedIdleWatts()
                + " W and at most its limit "
                + hardware.boardWatts()
                + " W");
      }
    }
  }

  /**
   * A highest SM clock is set.
   *
   * @param share of the full clock
   * @param told the driver gives the setting as a reason ({@code -ac} does, {@code -lgc} may not)
   */
  record ClockLock(double share, boolean told) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      Sizes.share("clock lock", share);
    }
  }

  /**
   * Cooling fails: the board gets hotter at the same watts, and above 83 °C its clock falls.
   *
   * @param resistance thermal resistance against that of a cooled board, above 1
   */
  record Heat(double resistance) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      Sizes.above("heat", resistance, 1);
    }
  }

  /**
   * The hardware brakes.
   *
   * @param share of the full clock that is left
   * @param power an external power brake; false: a HW slowdown
   */
  record HardwareSlowdown(double share, boolean power) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      Sizes.share("hardware slowdown", share);
    }
  }

  /**
   * Another driver, with slower kernels.
   *
   * @param version as the exporter prints it
   * @param slower how many times longer a step takes, at least 1
   */
  record Driver(String version, double slower) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      Sizes.above("driver", slower, 0.5);
    }
  }

  /** The memory delivers less: the share of its bandwidth that is left. */
  record SlowMemory(double share) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      Sizes.share("slow memory", share);
    }
  }

  /** The machine's processor is slow: launches take this many times longer. */
  record SlowHost(double slower) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      Sizes.above("slow host", slower, 1);
    }
  }

  /** NVLink fails in part: this share of the traffic between boards takes PCIe instead. */
  record LinkLoss(double moved) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      Sizes.share("link loss", moved);
    }
  }

  /** Another process takes this share of the board's time and bandwidth; 0 = it stops. */
  record Neighbour(double share) implements OfBoards {
    @Override
    public void check(Hardware hardware) {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException("neighbour of share " + share + ": must be in [0, 1)");
      }
    }
  }

  /**
   * The server is stopped and started with other software.
   *
   * @param slower how many times longer a step takes
   * @param blockSize tokens per block of the KV cache, which its page shows; 0 = as before
   * @param seconds until it answers again, at least 1
   */
  record Rollout(double slower, int blockSize, int seconds) implements OfEngines {
    public Rollout {
      Sizes.above("rollout", slower, 0.5);
      Sizes.above("seconds of a rollout", seconds, 0.99);
    }
  }

  /** At most so many requests run at once. */
  record BatchLimit(int requests) implements OfEngines {
    public BatchLimit {
      Sizes.above("batch limit", requests, 0.5);
    }
  }

  /**
   * Other requests at the same rate.
   *
   * @param prompt factor on the length of prompts
   * @param output factor on the length of answers
   * @param cached factor on the share of prompts that the cache answers
   */
  record PromptMix(double prompt, double output, double cached) implements OfEngines {
    public PromptMix {
      Sizes.above("prompt factor", prompt, 0);
      Sizes.above("output factor", output, 0);
    }
  }

  /**
   * Only this share of the KV cache's blocks is usable, the others are lost. Admission looks at
   * prompts only, as vLLM's does: what does not fit later is preempted and computed again.
   */
  record KvShrink(double share) implements OfEngines {
    public KvShrink {
      Sizes.share("KV cache", share);
    }
  }
}
