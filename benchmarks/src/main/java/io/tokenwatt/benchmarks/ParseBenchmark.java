package io.tokenwatt.benchmarks;

import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one sample of a vLLM page costs to read, in nanoseconds. After {@code mvn -Pbenchmarks -pl
 * benchmarks -am package -DskipTests}:
 *
 * <pre>
 * java -cp benchmarks/target/classes:$(cat benchmarks/target/classpath.txt) org.openjdk.jmh.Main ParseBenchmark
 * </pre>
 *
 * Figures: docs/performance.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParseBenchmark {

  private final byte[][] bodies = new byte[16][];
  private final ExpositionParser parser = new ExpositionParser();
  private int tick;

  /** Sixteen pages whose values differ, so that no value is met twice in a row. */
  @Setup
  public void writeBodies() {
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = VllmBody.at(i);
      int samples = parser.read(bodies[i], bodies[i].length, format()).samples().size();
      if (samples != VllmBody.SAMPLES) {
        throw new IllegalStateException("body has " + samples + " samples");
      }
    }
  }

  /** A page of a target that is read again and again. */
  @Benchmark
  @OperationsPerInvocation(VllmBody.SAMPLES)
  public Exposition sameTargetAgain() {
    byte[] body = bodies[tick++ & 15];
    return parser.read(body, body.length, format());
  }

  /** A page of a target never read before. */
  @Benchmark
  @OperationsPerInvocation(VllmBody.SAMPLES)
  public Exposition firstBody() {
    byte[] body = bodies[tick++ & 15];
    return ExpositionParser.parse(body, body.length, format());
  }

  private static ExpositionFormat format() {
    return ExpositionFormat.PROMETHEUS_TEXT;
  }
}
