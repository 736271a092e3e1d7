package io.tokenwatt.embedded.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Spoils good inputs: at up to eight places a byte is changed, a word put in, a stretch cut out,
 * doubled, or taken from another input. The n-th input depends on the seed and n alone. Immutable.
 */
public final class Spoiler {
  private static final int MOST_BYTES = 64 << 10;

  /** Bounds of integers in Protobuf's varints; what breaks text readers. */
  private static final List<byte[]> ALWAYS =
      List.of(
          new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
          new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 127},
          new byte[] {-1, -1, -1, -1, 7},
          new byte[] {0},
          new byte[] {-61, 40},
          new byte[] {-17, -69, -65},
          new byte[200],
          "\n".getBytes(StandardCharsets.UTF_8),
          "\u2028😀".getBytes(StandardCharsets.UTF_8));

  private final long seed;
  private final List<byte[]> good;
  private final List<byte[]> words = new ArrayList<>(ALWAYS);

  /**
   * @param good at least one input that is read without complaint
   * @param words what means something in the format
   */
  public Spoiler(long seed, List<byte[]> good, List<String> words) {
    this.seed = seed;
    this.good = List.copyOf(good);
    words.forEach(word -> this.words.add(word.getBytes(StandardCharsets.UTF_8)));
  }

  /** As the constructor, for text. */
  public static Spoiler ofText(long seed, List<String> good, List<String> words) {
    List<byte[]> bytes = good.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    return new Spoiler(seed, bytes, words);
  }

  /** The n-th input; at most 64 KiB longer than a good one. */
  public byte[] input(long n) {
    SplittableRandom random = random(n);
    return input(good.get(random.nextInt(good.size())), random);
  }

  /** As {@link #input(long)}, from one good input: the one that is due where order matters. */
  public byte[] input(long n, byte[] from) {
    return input(from, random(n));
  }

  private SplittableRandom random(long n) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + n);
  }

  private byte[] input(byte[] from, SplittableRandom random) {
    byte[] input = from;
    for (int places = random.nextInt(9); places > 0; places--) {
      input = spoilt(input, random);
    }
    return input;
  }

  private byte[] spoilt(byte[] input, SplittableRandom random) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(40));
    return switch (random.nextInt(7)) {
      case 0 -> joined(input, from, new byte[0], input, to);
      case 1 -> joined(input, to, new byte[0], input, from);
      case 2 -> {
        byte[] other = good.get(random.nextInt(good.size()));
        yield joined(input, from, new byte[0], other, random.nextInt(other.length + 1));
      }
      case 3, 4 -> joined(input, from, words.get(random.nextInt(words.size())), input, from);
      default -> changed(input, from, (byte) random.nextInt(256));
    };
  }

  private static byte[] changed(byte[] input, int at, byte value) {
    byte[] changed = input.clone();
    if (at < changed.length) {
      changed[at] = value;
    }
    return changed;
  }

  private static byte[] joined(byte[] head, int end, byte[] between, byte[] tail, int from) {
    if (end + between.length + tail.length - from > MOST_BYTES + head.length) {
      return head;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head, 0, end);
    out.writeBytes(between);
    out.write(tail, from, tail.length - from);
    return out.toByteArray();
  }
}
