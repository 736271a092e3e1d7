package io.tokenwatt.quickstart.bench.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The fleet's agents in one process of their own, so that what they cost is nobody else's. Reads
 * {@code fleet N}, {@code told} and {@code stop} from its input and answers each with one line:
 * from which tick on there are N nodes; how many ms it is behind, and records sent; the last tick.
 * Ends when its input does. No tick is left out: if it is late, it catches up.
 */
public final class LoadMain {
  private static final int PHASE_MS = LoadPlan.TICK_MS / LoadPlan.PHASES;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final long runMs = System.currentTimeMillis();
  private final Scratch scratch = new Scratch();
  private final List<List<LoadNode>> nodes = new ArrayList<>();
  private final List<List<LoadRecord>> records = new ArrayList<>();
  private final List<List<byte[]>> keys = new ArrayList<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private int size;
  private long sent;

  private LoadMain(String bootstrap, String topic) {
    this.topic = topic;
    for (int phase = 0; phase < LoadPlan.PHASES; phase++) {
      nodes.add(new ArrayList<>());
      records.add(new ArrayList<>());
      keys.add(new ArrayList<>());
    }
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "acks",
            "all",
            "compression.type",
            "zstd",
            "linger.ms",
            20,
            "batch.size",
            262_144,
            "buffer.memory",
            134_217_728L);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Arguments: bootstrap servers, topic. */
  public static void main(String[] arguments) throws Exception {
    BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(commands), "commands");
    reader.setDaemon(true);
    reader.start();
    new LoadMain(arguments[0], arguments[1]).run(commands);
  }

  private static void read(BlockingQueue<String> commands) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
      }
    } catch (IOException e) {
      System.err.println(e);
    }
    Runtime.getRuntime().halt(0); // whoever started this is gone
  }

  private void run(BlockingQueue<String> commands) throws Exception {
    long tick = System.currentTimeMillis() / LoadPlan.TICK_MS + 1;
    while (true) {
      for (String command = commands.poll(); command != null; command = commands.poll()) {
        if (command.equals("stop")) {
          producer.close();
          System.out.println("stopped " + (tick - 1) + " " + sent);
          return;
        }
        if (command.startsWith("fleet ")) {
          grow(Integer.parseInt(command.substring("fleet ".length())));
          System.out.println("fleet " + tick + " " + size);
        } else {
          System.out.println("told " + behindMs(tick, 0) + " " + sent);
        }
      }
      tick(tick++);
    }
  }

  private void grow(int newSize) {
    for (int node = size; node < newSize; node++) {
      int phase = LoadPlan.phaseMs(node) / PHASE_MS;
      LoadNode grown = new LoadNode(node);
      nodes.get(phase).add(grown);
      records.get(phase).add(new LoadRecord(grown, runMs));
      keys.get(phase).add(LoadPlan.node(node).getBytes(StandardCharsets.UTF_8));
    }
    size = Math.max(size, newSize);
  }

  private void tick(long tick) throws Exception {
    for (int phase = 0; phase < LoadPlan.PHASES; phase++) {
      long early = -behindMs(tick, phase);
      if (early > 0) {
        TimeUnit.MILLISECONDS.sleep(early); // the pace of the fleet
      }
      long observedAtMs = tick * LoadPlan.TICK_MS + (long) phase * PHASE_MS;
      for (int i = 0; i < nodes.get(phase).size(); i++) {
        nodes.get(phase).get(i).advance(tick);
        byte[] value = records.get(phase).get(i).bytes(tick, observedAtMs, scratch);
        producer.send(
            new ProducerRecord<>(topic, keys.get(phase).get(i), value),
            (metadata, e) -> failure.compareAndSet(null, e));
        sent++;
      }
      if (failure.get() != null) {
        throw failure.get();
      }
    }
  }

  private static long behindMs(long tick, int phase) {
    return System.currentTimeMillis() - tick * LoadPlan.TICK_MS - (long) phase * PHASE_MS;
  }
}
