package io.tokenwatt.storage;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of this module that say what a store has to do, run again on another engine. */
final class StoreContract {
  /** Schema, rows in, rollups, every ratio, and the views that people ask. */
  static final List<Class<?>> TESTS =
      List.of(
          SchemaTest.class,
          FactWriterTest.class,
          RollupTest.class,
          EfficiencyViewTest.class,
          CellsBetweenTest.class,
          SteppedViewsTest.class,
          RequestViewsTest.class,
          CostAuditTest.class,
          RegionTopologyTest.class,
          HardwareComparisonTest.class);

  private StoreContract() {}

  /**
   * @param url an HTTP address whose user default has no password and may do everything
   */
  static TestExecutionSummary on(String url, List<Class<?>> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests.stream().map(test -> selectClass(test)).toList())
            .filters(
                EngineFilter.includeEngines("junit-jupiter"),
                TagFilter.excludeTags("docker", "long"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Engine.with(url, () -> LauncherFactory.create().execute(request, listener));
    return listener.getSummary();
  }

  /** Names and reasons of what failed. */
  static List<String> failures(TestExecutionSummary summary) {
    return summary.getFailures().stream()
        .map(f -> f.getTestIdentifier().getDisplayName() + ": " + f.getException())
        .toList();
  }
}
