package io.tokenwatt.collectors.discovery;

import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes to scrape now: those configured, and those in files that are read again when they
 * change. A file that cannot be read or has a problem keeps its last good content and is named in
 * the health. For one thread.
 */
public final class TargetFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TargetFiles.class);

  private final List<NodePlan> configured;
  private final List<Path> files;
  private final FileSd format;
  private final Health health;
  private final List<FoundTargets> others;
  private final Map<Path, Stamp> stamps = new HashMap<>();
  private final Map<Path, List<DiscoveredTarget>> contents = new HashMap<>();

  private record Stamp(FileTime modified, long size) {}

  /**
   * @param own gives what labels leave out
   */
  public TargetFiles(NodeSpec own, List<NodePlan> configured, List<Path> files, Health health) {
    this(own, configured, files, health, List.of());
  }

  /**
   * @param others found elsewhere; added behind those of the files
   */
  public TargetFiles(
      NodeSpec own,
      List<NodePlan> configured,
      List<Path> files,
      Health health,
      List<FoundTargets> others) {
    this.others = List.copyOf(others);
    this.configured = List.copyOf(configured);
    this.files = List.copyOf(files);
    this.format = new FileSd(own);
    this.health = health;
    files.forEach(file -> health.declare(component(file), false));
  }

  /** All nodes and targets. */
  public List<NodePlan> plans() {
    List<DiscoveredTarget> found = new ArrayList<>();
    files.forEach(file -> found.addAll(contents.getOrDefault(file, List.of())));
    others.forEach(other -> found.addAll(other.found()));
    return PlanMerge.merge(configured, found);
  }

  /** Looks at the files; present if {@link #plans} may have changed. */
  public Optional<List<NodePlan>> changes() {
    boolean changed = false;
    for (Path file : files) {
      changed |= look(file);
    }
    for (FoundTargets other : others) {
      changed |= other.look();
    }
    return changed ? Optional.of(plans()) : Optional.empty();
  }

  private boolean look(Path file) {
    try {
      Stamp stamp = new Stamp(Files.getLastModifiedTime(file), Files.size(file));
      if (stamp.equals(stamps.get(file))) {
        return false;
      }
      stamps.put(file, stamp);
      contents.put(file, format.read(file));
      health.up(component(file));
      LOG.info("{}: {} targets", file, contents.get(file).size());
      return true;
    } catch (IOException | ConfigException e) {
      if (health.down(component(file), String.valueOf(e.getMessage()))
          || e instanceof ConfigException) {
        LOG.warn("{} is not used, what it said before stays: {}", file, e.toString());
      }
      return false;
    }
  }

  private static String component(Path file) {
    return "file_sd " + file;
  }
}
