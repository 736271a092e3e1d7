package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.publish.KafkaPublisher.Spooling;
import io.tokenwatt.collectors.spool.SpoolFolder;
import io.tokenwatt.collectors.spool.SpoolSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an agent.
 *
 * @param number orders its records behind those of the run before, Unix ms
 * @param spool empty = records wait in memory
 */
record AgentRun(long number, Optional<Spooling> spool) {
  private static final Logger LOG = LoggerFactory.getLogger(AgentRun.class);

  /**
   * Claims the spool's folder where there is one.
   *
   * @throws UncheckedIOException saying what to do if it cannot be had
   */
  static AgentRun begin(Optional<SpoolSpec> spec) {
    long now = System.currentTimeMillis();
    if (spec.isEmpty()) {
      return new AgentRun(now, Optional.empty());
    }
    try {
      SpoolFolder folder = SpoolFolder.claim(spec.get().dir(), SpoolFolder.PATIENCE);
      return new AgentRun(number(folder, now), Optional.of(new Spooling(spec.get(), folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static long number(SpoolFolder folder, long now) {
    try {
      return folder.nextRun(now);
    } catch (IOException e) {
      // A full disk, and the clock was most likely not set back.
      LOG.warn("the number of this run cannot be kept in the spool: {}", e.getMessage());
      return now;
    }
  }
}
