package io.tokenwatt.collectors.requests;

import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.NodeSample;
import java.util.HashSet;
import java.util.Set;

/** The kind of board behind a binding, by the rule of the jobs. Stateless. */
final class BoardNames {
  private BoardNames() {}

  /** That of its first board; without boards that of the node, if it has one kind; else "". */
  static String of(NodeSample sample, Binding binding) {
    GpuTable gpus = sample.getGpus();
    int rows = gpus.getUuids().size() / 16;
    for (int row : binding.getGpuRowsList()) {
      if (row < rows) {
        return name(gpus, row);
      }
    }
    Set<String> kinds = new HashSet<>();
    for (int row = 0; row < rows; row++) {
      kinds.add(name(gpus, row));
    }
    return kinds.size() == 1 ? kinds.iterator().next() : "";
  }

  private static String name(GpuTable gpus, int row) {
    int entry = row < gpus.getModelNameOfRowCount() ? gpus.getModelNameOfRow(row) : 0;
    return entry < gpus.getModelNamesCount() ? gpus.getModelNames(entry) : "";
  }
}
