package io.tokenwatt.jobs.efficiency;

import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of this module that say what jobs need of a Kafka, run again on another one. */
final class BrokerContract {
  /**
   * All four jobs over topics, the rows that they write, resuming, what they ask before a start.
   */
  static final List<String> TESTS =
      List.of(
          "io.tokenwatt.jobs.efficiency.EfficiencyJobTest",
          "io.tokenwatt.jobs.efficiency.FollowedTableTest",
          "io.tokenwatt.jobs.requests.LatencyJobTest",
          "io.tokenwatt.jobs.regressions.RegressionJobTest",
          "io.tokenwatt.jobs.events.ChangeEventsTest",
          "io.tokenwatt.jobs.rejects.RejectsCommandTest",
          "io.tokenwatt.jobs.RequiredTopicsTest");

  private BrokerContract() {}

  static TestExecutionSummary on(Broker broker, List<String> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests.stream().map(DiscoverySelectors::selectClass).toList())
            .filters(
                EngineFilter.includeEngines("junit-jupiter"),
                TagFilter.excludeTags("docker", "long"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Engines.with(broker, () -> LauncherFactory.create().execute(request, listener));
    return listener.getSummary();
  }

  /** Names and reasons of what failed. */
  static List<String> failures(TestExecutionSummary summary) {
    return summary.getFailures().stream()
        .map(f -> f.getTestIdentifier().getDisplayName() + ": " + f.getException())
        .toList();
  }
}
