package io.tokenwatt.quickstart.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recorded traces of the corpus beside the checkout. They are read there, never copied. */
public final class TraceFiles {
  static final String AZURE = "traces/azure_llm_2023/AzureLLMInferenceTrace_conv.csv";
  static final String MOONCAKE = "traces/mooncake/conversation_trace.jsonl";

  private static final DateTimeFormatter AZURE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");
  private static final Pattern MOONCAKE_LINE =
      Pattern.compile("\"timestamp\": (\\d+), \"input_length\": (\\d+), \"output_length\": (\\d+)");

  private TraceFiles() {}

  public static boolean present(Path corpus) {
    return Files.isReadable(corpus.resolve(AZURE)) && Files.isReadable(corpus.resolve(MOONCAKE));
  }

  /**
   * Azure's conversations and Mooncake's.
   *
   * @throws IOException with the file and line that could not be read
   */
  public static List<Trace> read(Path corpus) throws IOException {
    return List.of(azure(corpus.resolve(AZURE)), mooncake(corpus.resolve(MOONCAKE)));
  }

  private static Trace azure(Path file) throws IOException {
    List<long[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 1; i < lines.size(); i++) {
      String[] fields = lines.get(i).strip().split(",");
      if (fields.length != 3) {
        throw new IOException(file + ":" + (i + 1) + ": 3 fields expected, found " + fields.length);
      }
      long ms = LocalDateTime.parse(fields[0], AZURE_TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
      rows.add(new long[] {ms, Long.parseLong(fields[1]), Long.parseLong(fields[2])});
    }
    return trace("azure_conv", rows);
  }

  private static Trace mooncake(Path file) throws IOException {
    List<long[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher fields = MOONCAKE_LINE.matcher(lines.get(i));
      if (!fields.find()) {
        throw new IOException(file + ":" + (i + 1) + ": no timestamp, input_length, output_length");
      }
      rows.add(
          new long[] {
            Long.parseLong(fields.group(1)),
            Long.parseLong(fields.group(2)),
            Long.parseLong(fields.group(3))
          });
    }
    return trace("mooncake_conversation", rows);
  }

  private static Trace trace(String name, List<long[]> rows) {
    return new Trace(
        name,
        rows.stream().mapToLong(row -> row[0]).toArray(),
        rows.stream().mapToInt(row -> (int) row[1]).toArray(),
        rows.stream().mapToInt(row -> (int) Math.max(1, row[2])).toArray());
  }
}
