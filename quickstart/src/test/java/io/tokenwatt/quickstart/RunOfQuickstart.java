package io.tokenwatt.quickstart;

import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.List;

/** One run of the product, shared by all that is asserted about it: it takes over a minute. */
interface RunOfQuickstart {
  QuickstartRun run();

  /** Names of the targets of a node whose scrapes failed at some time. */
  default List<String> failures(String node) {
    return run().node(node).samples.stream()
        .flatMap(s -> s.getFailuresList().stream())
        .map(ScrapeFailure::getTarget)
        .distinct()
        .toList();
  }
}
