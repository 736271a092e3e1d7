package io.tokenwatt.collectors.exporters;

import io.tokenwatt.config.Problem;
import io.tokenwatt.model.proto.NodeMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file, read and sound in itself.
 *
 * @param file for problems that only show among the other files
 */
record ExporterDraft(
    String file,
    String kind,
    int port,
    String path,
    List<String> images,
    Optional<Detection> detection,
    Optional<GpuSection> gpu,
    Optional<EngineDraft> engine,
    Optional<SourceIndex<NodeMetric>> node) {

  /** Adds to the problems an included kind that is not there. */
  Exporter link(Map<String, ExporterDraft> all, List<Problem> problems) {
    Optional<EngineSection> linked = engine.map(own -> own.with(included(own, all, problems)));
    return new Exporter(kind, port, path, images, detection, gpu, linked, node);
  }

  private List<EngineDraft> included(
      EngineDraft own, Map<String, ExporterDraft> all, List<Problem> problems) {
    List<EngineDraft> found = new ArrayList<>();
    for (String other : own.include()) {
      Optional<EngineDraft> draft =
          Optional.ofNullable(all.get(other)).flatMap(ExporterDraft::engine);
      if (draft.isPresent()) {
        found.add(draft.get());
      } else {
        String message = "no exporter of kind " + other + " that has an engine section";
        problems.add(new Problem(file, 0, "engine.include", message));
      }
    }
    return found;
  }
}
