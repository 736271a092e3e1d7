package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Spoilt input of every kind, read by the parser and by {@link SlowParser}. Run longer with {@code
 * -Dtokenwatt.fuzz.seconds=600}, again with {@code -Dtokenwatt.fuzz.seed=…}.
 */
class FuzzTest {

  private final long seed = Long.getLong("tokenwatt.fuzz.seed", System.nanoTime());
  private final Duration time = Duration.ofSeconds(Long.getLong("tokenwatt.fuzz.seconds", 4));

  @Test
  void spoiltBodiesAreReadAsTheSlowParserReadsThem() {
    System.out.println("FuzzTest bodies: -Dtokenwatt.fuzz.seed=" + seed);
    Mutation mutation = new Mutation(new Random(seed));
    ExpositionParser reused = new ExpositionParser();
    long end = System.nanoTime() + time.toNanos();
    int bodies = 0;
    int alike = 0;
    for (; System.nanoTime() < end; bodies++) {
      byte[] body = mutation.next();
      for (ExpositionFormat format : ExpositionFormat.values()) {
        String fast = shown(ExpositionParser.parse(body, body.length, format));
        assertThat(fast).as("seed %d body %d", seed, bodies).isEqualTo(slow(body, format));
        assertThat(shown(reused.read(body, body.length, format))).as("reused").isEqualTo(fast);
        byte[] next = mutation.mutated(body);
        double[] values = reused.valuesIfAlike(next, next.length, format);
        if (values != null) {
          alike++;
          assertThat(values)
              .as("values alone, seed %d body %d", seed, bodies)
              .containsExactly(valuesOf(ExpositionParser.parse(next, next.length, format)));
        }
        assertThat(shown(reused.read(next, next.length, format)))
            .as("next body of a target, seed %d body %d", seed, bodies)
            .isEqualTo(shown(ExpositionParser.parse(next, next.length, format)));
      }
    }
    System.out.println("FuzzTest bodies read in both formats: " + bodies + ", alike: " + alike);
    assertThat(bodies).isPositive();
  }

  @Test
  void numbersAreBitIdenticalToTheJdks() {
    System.out.println("FuzzTest numbers: -Dtokenwatt.fuzz.seed=" + seed);
    Random random = new Random(seed);
    long end = System.nanoTime() + time.toNanos() / 4;
    while (System.nanoTime() < end) {
      String text = NumberText.next(random);
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(Double.doubleToRawLongBits(Decimal.parse(bytes, 0, bytes.length)))
          .as("%s, seed %d", text, seed)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }
  }

  /** Everything that has to agree, doubles by their bits; and law 8. */
  private static String shown(Exposition read) {
    assertThat(read.samples().size() + read.rejects().size() + read.comments())
        .isEqualTo(read.lines());
    return shown(read.samples())
        + read.rejects().stream().map(Reject::line).toList()
        + new java.util.TreeMap<>(read.types())
        + read.lines()
        + "/"
        + read.comments();
  }

  private static double[] valuesOf(Exposition read) {
    return read.samples().stream().mapToDouble(Sample::value).toArray();
  }

  private static String slow(byte[] body, ExpositionFormat format) {
    SlowParser read = new SlowParser(format).read(body);
    return shown(read.samples())
        + read.rejectedLines()
        + new java.util.TreeMap<>(read.types())
        + read.lines()
        + "/"
        + read.comments();
  }

  private static String shown(java.util.List<Sample> samples) {
    return samples.stream()
        .map(it -> it + " bits " + Double.doubleToRawLongBits(it.value()) + "\n")
        .collect(Collectors.joining());
  }
}
