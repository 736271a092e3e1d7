package io.tokenwatt.quickstart;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may depend on whom. Lives here because only quickstart sees every module. {@link ModuleRow}
 * is the module table; the rest of this class is what holds for packages.
 */
class ArchitectureTest {
  private static final String[] INFRASTRUCTURE = {
    "org.apache.flink..",
    "org.apache.kafka..",
    "kafka..",
    "okhttp3..",
    "java.net.http..",
    "com.sun.net.httpserver..",
    "com.clickhouse..",
    "java.sql..",
    "javax.sql.."
  };

  private static JavaClasses production;

  @BeforeAll
  static void readClasses() {
    production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tokenwatt");
  }

  @ParameterizedTest
  @EnumSource
  void moduleSeesOnlyWhatItsRowAllows(ModuleRow module) {
    classes()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(module.maySee())
        .because(module.reason())
        .check(production);
  }

  /** The rows allow little; this keeps a row from being widened to what it must never hold. */
  @ParameterizedTest
  @EnumSource(names = "QUICKSTART", mode = EnumSource.Mode.EXCLUDE)
  void moduleNeverSeesWhatItsRowForbids(ModuleRow module) {
    noClasses()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(module.neverSees())
        .because(module.reason())
        .check(production);
  }

  @Test
  void nobodySeesQuickstart() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ModuleRow.QUICKSTART.packages())
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ModuleRow.QUICKSTART.packages())
        .because("it puts the others together; what two modules share belongs into one of them")
        .check(production);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.tokenwatt.jobs.meter..",
        "io.tokenwatt.jobs.attribution..",
        "io.tokenwatt.jobs.cost..",
        "io.tokenwatt.jobs.node..",
        "io.tokenwatt.jobs.serving..",
        "io.tokenwatt.jobs.latency..",
        "io.tokenwatt.jobs.regression..",
        "io.tokenwatt.collectors.exposition..",
        "io.tokenwatt.collectors.exporters..",
        "io.tokenwatt.collectors.ownership..",
        "io.tokenwatt.model..",
        "io.tokenwatt.quickstart.fleet.physics..",
        "io.tokenwatt.quickstart.fleet.text..",
        "io.tokenwatt.quickstart.bench.workload..",
        "io.tokenwatt.quickstart.bench.reference..",
        "io.tokenwatt.quickstart.bench.trial..",
        "io.tokenwatt.quickstart.bench.quiet..",
        "io.tokenwatt.quickstart.bench.report..",
        "io.tokenwatt.quickstart.bench.page.."
      })
  void purePackageNeedsNoEngineNoNetworkAndNoClock(String pure) {
    noClasses()
        .that()
        .resideInAPackage(pure)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(INFRASTRUCTURE)
        .because("arithmetic must be testable, and replayable, without an engine")
        .check(production);
    classes()
        .that()
        .resideInAPackage(pure)
        .should(new AskNoClock())
        .because("the same records must give the same rows at any time and on any machine (law 4)")
        .check(production);
  }

  @Test
  void meteringKnowsNothingOfTheOperatorsAndTablesAroundIt() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tokenwatt.jobs.meter..",
            "io.tokenwatt.jobs.attribution..",
            "io.tokenwatt.jobs.cost..",
            "io.tokenwatt.jobs.node..",
            "io.tokenwatt.jobs.serving..",
            "io.tokenwatt.jobs.latency..",
            "io.tokenwatt.jobs.regression..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tokenwatt.jobs.efficiency..", "io.tokenwatt.jobs.sink..", "io.tokenwatt.storage..")
        .because("operators call the meters; a meter that calls back cannot be tested alone")
        .check(production);
  }

  @Test
  void simulatedFleetSharesNoCodeWithWhatItTests() {
    noClasses()
        .that()
        .resideInAPackage("io.tokenwatt.quickstart.fleet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(ModuleRow.MODEL, ModuleRow.COLLECTORS, ModuleRow.JOBS, ModuleRow.STORAGE)
                .map(ModuleRow::packages)
                .toArray(String[]::new))
        .because("it is the truth that tests compare with; a shared mistake would cancel out")
        .check(production);
  }
}
