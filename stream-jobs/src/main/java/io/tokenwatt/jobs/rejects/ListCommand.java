package io.tokenwatt.jobs.rejects;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One line a record, as they are read. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the records in tokenwatt.rejects with their reasons, and what this",
      "version makes of them: readable (replay sends it), unreadable, decided (the",
      "log's order decided), not_kept (reason only), foreign (of another topic)."
    })
final class ListCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINE = "%-24s %-28s %-14s %-10s %-24s %8s  %s%n";

  @Spec private CommandSpec command;
  @Mixin private Broker broker;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, or json: an object a line; default: ${DEFAULT-VALUE}")
  private Format format;

  @Option(names = "--payload", description = "With json: the value too, in base64.")
  private boolean payload;

  enum Format {
    table,
    json
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    if (format == Format.table) {
      out.printf(LINE, "kept aside", "from", "reason", "now", "key", "bytes", "detail");
    }
    long[] shown = new long[1];
    long read =
        new RejectsTopic(broker, err)
            .read(
                broker.sinceMs(System.currentTimeMillis()),
                kept -> {
                  shown[0]++;
                  out.print(format == Format.json ? json(kept) + "\n" : line(kept));
                });
    out.flush();
    err.printf("rejects: %,d of %,d records%n", shown[0], read);
    err.flush();
    return ExitCode.OK;
  }

  private String line(Kept kept) {
    return LINE.formatted(
        Instant.ofEpochMilli(kept.timeMs()),
        printable(kept.topic()),
        printable(kept.reason()),
        broker.prospect(kept).fate().label(),
        printable(kept.keyText()),
        kept.value().length,
        printable(kept.detail()));
  }

  private String json(Kept kept) throws IOException {
    Prospect prospect = broker.prospect(kept);
    ObjectNode node = JSON.createObjectNode();
    node.put("position", kept.position());
    node.put("time", Instant.ofEpochMilli(kept.timeMs()).toString());
    node.put("topic", kept.topic());
    node.put("origin", kept.origin());
    node.put("reason", kept.reason());
    node.put("detail", kept.detail());
    node.put("now", prospect.fate().label());
    node.put("why", prospect.why());
    node.put("key", kept.keyText());
    node.put("bytes", kept.value().length);
    if (payload) {
      node.put("payload", kept.value());
    }
    return JSON.writeValueAsString(node);
  }

  /** Keys are strangers' bytes: nothing of them may steer a terminal. */
  private static String printable(String text) {
    return text.isEmpty() ? "–" : text.replaceAll("\\p{Cntrl}", "?");
  }
}
