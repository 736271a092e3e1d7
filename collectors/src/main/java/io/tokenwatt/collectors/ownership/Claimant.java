package io.tokenwatt.collectors.ownership;

import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A binding in the making: a configured one, or an engine that no binding names. */
record Claimant(Optional<BindingSpec> spec, List<KnownEngine> engines) {
  private static final BindingSpec UNTOLD = BindingSpec.of("", List.of(), List.of());

  Binding binding(BitSet rows, OwnershipMethod method, String driver) {
    BindingSpec told = spec.orElse(UNTOLD);
    Binding.Builder binding =
        Binding.newBuilder()
            .setWorkload(workload(told))
            .setOwner(told.owner())
            .setKind(told.kind())
            .setRole(told.role())
            .setTask(told.task())
            .setModelName(told.model())
            .setPrecision(told.precision())
            .setMembers(Math.max(0, told.members()))
            .setMethod(method)
            .addAllGpuRows(rows.stream().boxed().toList());
    binding.setDeployment(
        DeploymentKey.of(
            binding.getWorkload(), engines, driver, spec.map(Record::toString).orElse("")));
    engines.forEach(engine -> engine.position().ifPresent(binding::addEngines));
    return binding.build();
  }

  private String workload(BindingSpec told) {
    if (!told.workload().isEmpty()) {
      return told.workload();
    }
    if (!told.model().isEmpty()) {
      return told.model();
    }
    return engines.stream()
        .findFirst()
        .map(KnownEngine::workload)
        .orElse(told.engines().isEmpty() ? "" : told.engines().get(0));
  }
}
