package io.tokenwatt.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One mapping of the file. Each reader returns a usable value in every case: what is wrong becomes
 * a {@link Problem} and the default is returned, so that reading goes on and finds the other
 * problems. A key that no reader asked for is unknown. A key that is absent or written without a
 * value has its default; a reader without a default parameter requires the key. For one thread,
 * while reading.
 */
public final class Section {
  private final Path folder;
  private final Entries entries;

  Section(Path folder, Entries entries) {
    this.folder = folder;
    this.entries = entries;
  }

  /** The key is in the file (with or without a value) or overridden by the environment. */
  public boolean has(String key) {
    return entries.has(key);
  }

  /**
   * The keys in the file, in its order. For sections whose keys are names; does not ask for them.
   */
  public Set<String> keys() {
    return entries.keys();
  }

  /** The section's first line, from 1; 0 where the file has none. */
  public int line() {
    return entries.line();
  }

  /** A text; may be blank. */
  public String text(String key, String otherwise) {
    return parsed(key, otherwise, text -> text);
  }

  /** A text that must be there and not be blank; "" once it is reported. */
  public String text(String key) {
    if (entries.scalar(key).isEmpty()) {
      entries.reject(key, "is required");
      return "";
    }
    return parsed(key, "", Section::notBlank);
  }

  /** A duration with its unit, from {@code min} to {@code max}, both included. */
  public Duration duration(String key, Duration otherwise, Duration min, Duration max) {
    return parsed(
        key, otherwise, text -> within(DurationText.parse(text), min, max, DurationText::of));
  }

  /** A size in bytes with its unit, from {@code min} to {@code max}, both included. */
  public long bytes(String key, long otherwise, long min, long max) {
    return parsed(key, otherwise, text -> within(SizeText.parse(text), min, max, b -> b + "B"));
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public long integer(String key, long otherwise, long min, long max) {
    return parsed(key, otherwise, text -> within(Numbers.whole(text), min, max, String::valueOf));
  }

  public int integer(String key, int otherwise, int min, int max) {
    return (int) integer(key, (long) otherwise, min, max);
  }

  /** A finite number from {@code min} to {@code max}, both included. */
  public double number(String key, double otherwise, double min, double max) {
    return parsed(key, otherwise, text -> within(Numbers.finite(text), min, max, String::valueOf));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise) {
    return parsed(key, otherwise, text -> oneOf(text, List.of("true", "false")).equals("true"));
  }

  /** A constant of an enum, written in lower case. */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      constants.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return parsed(key, otherwise, text -> constants.get(oneOf(text, constants.keySet())));
  }

  /** One of the words given. */
  public String choice(String key, String otherwise, Collection<String> words) {
    return parsed(key, otherwise, text -> oneOf(text, words));
  }

  /** A path; a relative one starts at the file's folder. */
  public Optional<Path> path(String key) {
    return parsed(key, Optional.empty(), text -> Optional.of(folder.resolve(text)));
  }

  /** Like {@link #path}, for a list. */
  public List<Path> paths(String key) {
    return texts(key).stream().map(folder::resolve).toList();
  }

  /** A secret, which the file must take from {@code ${env:NAME}} or {@code ${file:PATH}}. */
  public Optional<Secret> secret(String key) {
    Optional<Scalar> scalar = entries.scalar(key);
    if (scalar.isPresent() && scalar.get().open()) {
      entries.reject(
          key,
          "a secret must not stand in the file; write ${env:NAME} or ${file:/run/secrets/name}");
      return Optional.empty();
    }
    return scalar.map(s -> new Secret(s.text()));
  }

  /**
   * Any type.
   *
   * @param parse throws IllegalArgumentException that says what was expected
   */
  public <T> T parsed(String key, T otherwise, Function<String, T> parse) {
    return entries
        .scalar(key)
        .map(scalar -> parse(key, scalar, otherwise, parse))
        .orElse(otherwise);
  }

  /** A list of texts; from the environment separated by commas. Empty where absent. */
  public List<String> texts(String key) {
    Optional<String> override = entries.override(key);
    if (override.isPresent()) {
      return Arrays.stream(override.get().split(",", -1))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .toList();
    }
    return entries.items(key).stream()
        .flatMap(item -> entries.inFile(key, item).stream())
        .map(Scalar::text)
        .toList();
  }

  /** A mapping of free names to texts, in file order. Empty where absent. */
  public Map<String, String> textMap(String key) {
    Section section = section(key);
    Map<String, String> texts = new LinkedHashMap<>();
    section.keys().forEach(name -> texts.put(name, section.text(name, "")));
    return texts;
  }

  /** A nested mapping; one without keys where absent. */
  public Section section(String key) {
    return new Section(folder, entries.nested(key));
  }

  /** A list of mappings. Empty where absent. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (Node item : entries.items(key)) {
      String path = entries.pathOf(key) + "[" + sections.size() + "]";
      sections.add(new Section(folder, entries.nested(key, path, item)));
    }
    return List.copyOf(sections);
  }

  /** A mapping of free names to mappings, in file order. Empty where absent. */
  public Map<String, Section> sectionMap(String key) {
    Section section = section(key);
    Map<String, Section> sections = new LinkedHashMap<>();
    section.keys().forEach(name -> sections.put(name, section.section(name)));
    return sections;
  }

  /** Reports what only the caller can see, such as two keys that exclude each other. */
  public void reject(String key, String message) {
    entries.reject(key, message);
  }

  private <T> T parse(String key, Scalar scalar, T otherwise, Function<String, T> parse) {
    try {
      return parse.apply(scalar.text());
    } catch (IllegalArgumentException e) {
      entries.reject(scalar, key, e.getMessage() + ", got \"" + scalar.shown() + "\"");
      return otherwise;
    }
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    return text;
  }

  private static <T extends Comparable<T>> T within(
      T value, T min, T max, Function<T, String> show) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException("expected " + show.apply(min) + " to " + show.apply(max));
    }
    return value;
  }

  private static String oneOf(String text, Collection<String> words) {
    if (!words.contains(text)) {
      throw new IllegalArgumentException("expected one of " + String.join(", ", words));
    }
    return text;
  }
}
