package io.tokenwatt.quickstart.faults;

import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.storage.StoreConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the undisturbed run, then each fault, and compares. */
final class FaultReport {
  static final String SAME = "yes";
  private static final String REFERENCE = "undisturbed";

  private final Path folder;
  private final Trial.Plan plan;
  private final PrintWriter err;

  FaultReport(Path folder, Trial.Plan plan, PrintWriter err) {
    this.folder = folder;
    this.plan = plan;
    this.err = err;
  }

  Section run(List<Fault> faults) throws Exception {
    Section section =
        Section.of(
            "faults",
            "faults: %,d records of %d nodes, seed %d; equal = every row of every table, versions too"
                .formatted(plan.log().size(), 3 * FaultLog.NODES, plan.seed()),
            "fault",
            "equal",
            "incidents",
            "outage, s",
            "recovery, s",
            "records/s then");
    try (Stand stand = Stand.start(folder)) {
      say("undisturbed, in this process …");
      new Trial(stand, plan, REFERENCE).undisturbed();
      reference(stand, section);
      for (Fault fault : faults) {
        say(fault.option() + " …");
        row(stand, section, fault);
      }
    }
    return section;
  }

  private void reference(Stand stand, Section section) {
    try (FinalTables tables = tables(stand)) {
      Map<String, Long> rows = tables.count(REFERENCE);
      section.note("rows: " + rows);
      if (rows.containsValue(0L)) {
        section.note("a table without rows says nothing");
      }
      Map<String, Long> wanted = FaultLog.WORSE.stream().collect(Collectors.toMap(w -> w, w -> 1L));
      Map<String, Long> found = tables.incidents(REFERENCE);
      if (!found.equals(wanted)) {
        throw new IllegalStateException(
            "undisturbed, the regressions are " + found + " and not " + wanted);
      }
    }
  }

  private void row(Stand stand, Section section, Fault fault) throws Exception {
    String name = fault.name().toLowerCase(java.util.Locale.ROOT);
    String what = fault.what(plan.outage());
    Trial trial = new Trial(stand, plan, name);
    Measured measured;
    try {
      measured = trial.disturbed(fault::strike);
    } catch (IllegalStateException e) {
      section.row(what, "NO", null, null, null, null);
      section.note(what + ": " + e.getMessage());
      say(e.getMessage());
      return;
    }
    try (FinalTables tables = tables(stand)) {
      List<String> different = tables.differences(REFERENCE, name);
      section.row(
          what,
          different.isEmpty() ? SAME : "NO",
          tables.incidents(name).toString(),
          measured.outageS(),
          measured.recoveryS(),
          measured.rate());
      say(
          "%s: %s, incidents %s, outage %.1f s, recovery %s s, then %s records/s"
              .formatted(
                  fault.option(),
                  different.isEmpty() ? "the same rows" : "OTHER ROWS",
                  tables.incidents(name),
                  measured.outageS(),
                  measured.recoveryS(),
                  measured.rate()));
      different.forEach(line -> section.note(fault.option() + ": " + line));
      different.forEach(this::say);
    }
  }

  private static FinalTables tables(Stand stand) {
    return new FinalTables(StoreConfig.of(stand.store.httpUrl()));
  }

  private void say(String text) {
    err.println("faults: " + text);
    err.flush();
  }
}
