package io.tokenwatt.collectors.discovery;

import java.util.List;

/** A place where targets are found while the agent runs. */
public interface FoundTargets {
  /** Looks again, without waiting for anybody; true if {@link #found} may have changed. */
  boolean look();

  List<DiscoveredTarget> found();
}
