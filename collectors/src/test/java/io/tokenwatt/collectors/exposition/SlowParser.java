package io.tokenwatt.collectors.exposition;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** A second parser, written apart from the first: slow, one regular expression a line. */
final class SlowParser {

  private final boolean strict;
  private final SlowGrammar grammar;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Integer> rejectedLines = new ArrayList<>();
  private final Map<String, FamilyType> types = new HashMap<>();
  private int lines;
  private int comments;
  private boolean eof;

  SlowParser(ExpositionFormat format) {
    strict = format == ExpositionFormat.OPENMETRICS;
    grammar = strict ? SlowGrammar.OPENMETRICS : SlowGrammar.PROMETHEUS_TEXT;
  }

  List<Sample> samples() {
    return samples;
  }

  List<Integer> rejectedLines() {
    return rejectedLines;
  }

  Map<String, FamilyType> types() {
    return types;
  }

  int lines() {
    return lines;
  }

  int comments() {
    return comments;
  }

  SlowParser read(byte[] body) {
    String all = new String(body, StandardCharsets.ISO_8859_1);
    while (!all.isEmpty()) {
      int newline = all.indexOf('\n');
      String line = newline < 0 ? all : all.substring(0, newline);
      all = newline < 0 ? "" : all.substring(newline + 1);
      lines++;
      if (newline >= 0 && line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      if (!isRead(line.getBytes(StandardCharsets.ISO_8859_1))) {
        rejectedLines.add(lines);
      }
    }
    return this;
  }

  private boolean isRead(byte[] bytes) {
    if (eof || bytes.length > 65_536) {
      return false;
    }
    String line;
    try {
      line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
    if (strict ? line.isEmpty() : line.matches("[ \\t]*")) {
      comments++;
      return true;
    }
    if (strict ? line.startsWith("#") : line.matches("(?s)[ \\t]*#.*")) {
      boolean read = isMetadataRead(line);
      comments += read ? 1 : 0;
      return read;
    }
    return isSampleRead(line);
  }

  private boolean isMetadataRead(String line) {
    if (strict && line.equals("# EOF")) {
      eof = true;
      return true;
    }
    if (!grammar.metadataStart.matcher(line).matches()) {
      return true;
    }
    Matcher found = grammar.metadata.matcher(line);
    if (!found.matches() || found.group("family").equals("\"\"")) {
      return false;
    }
    if (!found.group("kind").equals("TYPE")) {
      return true;
    }
    String word = found.group("rest") == null ? "" : found.group("rest");
    FamilyType type = type(strict ? word : word.replaceAll("[ \\t]+$", ""));
    if (type != null) {
      types.putIfAbsent(plain(found.group("family")), type);
    }
    return type != null;
  }

  private FamilyType type(String word) {
    for (FamilyType type : FamilyType.values()) {
      if (type.name().replace("_", "").toLowerCase(java.util.Locale.ROOT).equals(word)) {
        return strict && type == FamilyType.UNTYPED ? null : type;
      }
    }
    return null;
  }

  private boolean isSampleRead(String line) {
    Matcher found = grammar.sample.matcher(line);
    if (!found.matches()) {
      return false;
    }
    String bare = found.group("bare") == null ? found.group("name") : found.group("bare");
    List<String> pairs = pairs(found.group("braces"));
    String quoted = pairs.size() % 2 == 1 ? pairs.remove(0) : null;
    String name = bare == null ? quoted : bare;
    boolean named = (bare == null) != (quoted == null) && !name.isEmpty();
    String time = found.group("time");
    if (!named || !arePairsAllowed(pairs) || strict && time != null && !isFinite(time)) {
      return false;
    }
    String exemplarTime = found.group("exemplartime");
    if (!isExemplarAllowed(pairs(found.group("exemplar")))
        || exemplarTime != null && !isFinite(exemplarTime)) {
      return false;
    }
    Labels labels = Labels.of(pairs.toArray(new String[0]));
    long timestampMs = time == null ? Sample.NO_TIMESTAMP : timestampMs(time);
    samples.add(new Sample(name, labels, number(found.group("value")), timestampMs, lines));
    return true;
  }

  private boolean isExemplarAllowed(List<String> pairs) {
    int characters = pairs.stream().mapToInt(text -> text.codePointCount(0, text.length())).sum();
    return arePairsAllowed(pairs) && (!strict || characters <= 128);
  }

  private static boolean arePairsAllowed(List<String> pairs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      names.add(pairs.get(i));
    }
    return names.size() <= 128 && names.stream().distinct().count() == names.size();
  }

  /** Names and values in turn; a quoted metric name alone in front. */
  private static List<String> pairs(String braces) {
    List<String> pairs = new ArrayList<>();
    Matcher item = SlowGrammar.ITEM.matcher(braces == null ? "" : braces);
    while (item.find()) {
      pairs.add(plain(item.group(1)));
      if (item.group(2) != null) {
        pairs.add(plain(item.group(2)));
      }
    }
    return pairs;
  }

  private static String plain(String text) {
    if (!text.startsWith("\"")) {
      return text;
    }
    String inner = text.substring(1, text.length() - 1);
    List<String> parts = Arrays.asList(inner.split("\\\\\\\\", -1));
    parts.replaceAll(part -> part.replace("\\\"", "\"").replace("\\n", "\n"));
    return String.join("\\", parts);
  }

  private static boolean isFinite(String number) {
    return Double.isFinite(number(number));
  }

  private static double number(String text) {
    String word = text.toLowerCase(java.util.Locale.ROOT);
    if (word.endsWith("nan")) {
      return Double.NaN;
    }
    if (word.contains("inf")) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(text);
  }

  private long timestampMs(String text) {
    BigInteger least = BigInteger.valueOf(Long.MIN_VALUE + 1);
    BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
    BigInteger written =
        strict
            ? BigInteger.valueOf(Math.round(number(text) * 1000))
            : new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    return written.max(least).min(most).longValue();
  }
}
