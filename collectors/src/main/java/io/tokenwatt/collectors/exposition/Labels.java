package io.tokenwatt.collectors.exposition;

import java.util.Arrays;

/**
 * The labels of one sample, in written order, no name twice. A label set has a handful of entries,
 * so a small array that is searched from the front is faster than a map. Equal to another with the
 * same pairs in the same order. Immutable.
 */
public final class Labels {

  /** No labels. */
  public static final Labels EMPTY = new Labels(new String[0]);

  private final String[] pairs;
  private int hash;

  /** Takes the array over: name, value, name, value … */
  Labels(String[] pairs) {
    this.pairs = pairs;
  }

  /**
   * Labels of names and values in turn: {@code of("gpu", "0", "UUID", "GPU-…")}.
   *
   * @throws IllegalArgumentException where a value is missing or a name is there twice
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "name without a value: " + namesAndValues[namesAndValues.length - 1]);
    }
    Labels labels = new Labels(namesAndValues.clone());
    for (int i = 0; i < labels.size(); i++) {
      if (labels.indexOf(labels.name(i)) != i) {
        throw new IllegalArgumentException("label name twice: " + labels.name(i));
      }
    }
    return labels;
  }

  /** The value of that label, "" where it is written empty, null when absent. */
  public String get(String name) {
    int i = indexOf(name);
    return i < 0 ? null : value(i);
  }

  /** Number of labels. */
  public int size() {
    return pairs.length / 2;
  }

  /** Name of the i-th label, {@code 0 <= i < size()}. */
  public String name(int i) {
    return pairs[2 * i];
  }

  /** Value of the i-th label, {@code 0 <= i < size()}. */
  public String value(int i) {
    return pairs[2 * i + 1];
  }

  private int indexOf(String name) {
    for (int i = 0; i < size(); i++) {
      if (name(i).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that && Arrays.equals(pairs, that.pairs);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(pairs);
    }
    return hash;
  }

  /** For people: {@code {gpu=0, UUID=GPU-…}}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(name(i)).append('=').append(value(i));
    }
    return text.append('}').toString();
  }
}
