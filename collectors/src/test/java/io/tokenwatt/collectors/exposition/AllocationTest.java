package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Values of a known page are read without garbage. */
class AllocationTest {
  @Test
  void aSteadyPageAllocatesNothing() {
    StringBuilder text = new StringBuilder("# TYPE power gauge\n");
    for (int i = 0; i < 200; i++) {
      text.append("power{gpu=\"").append(i).append("\"} ").append(100 + i).append(".125\n");
    }
    byte[] page = text.toString().getBytes(StandardCharsets.US_ASCII);
    ExpositionParser parser = new ExpositionParser();
    parser.read(page, page.length, ExpositionFormat.PROMETHEUS_TEXT);

    assertThat(allocated(parser, page)).isGreaterThanOrEqualTo(0);
    assertThat(allocated(parser, page)).as("bytes of 1,000 pages").isLessThan(1_000);
  }

  private static long allocated(ExpositionParser parser, byte[] page) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    double sum = 0;
    for (int i = 0; i < 1_000; i++) {
      page[page.length - 2] = (byte) ('0' + i % 10);
      sum += parser.valuesIfAlike(page, page.length, ExpositionFormat.PROMETHEUS_TEXT)[199];
    }
    assertThat(sum).isGreaterThan(299_000);
    return threads.getThreadAllocatedBytes(thread) - before;
  }
}
