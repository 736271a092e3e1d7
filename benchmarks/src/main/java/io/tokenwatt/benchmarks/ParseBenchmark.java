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
 * 2026-11-21, 2 virtual cores of an AMD EPYC, OpenJDK 17.0.15, {@code -wi 5 -w 5 -i 5 -r 5}, while
 * other work kept the machine at a load of 10 to 15: sameTargetAgain 132 ± 24, firstBody 1632 ± 374
 * of wall time. The thread's own CPU time, taken by ThreadMXBean just before: about 56 and 600. To
 * be measured again on a quiet machine.
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
