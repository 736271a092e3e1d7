package io.tokenwatt.collectors.ownership;

import io.tokenwatt.model.proto.Binding;
import java.util.List;
import java.util.Set;

/**
 * Who owns what at one tick.
 *
 * @param bindings every engine of the record is in exactly one
 * @param unresolved engines whose boards nobody named, when there are several
 * @param missing boards named in the configuration that no exporter shows now
 * @param disagreements boards of which two sources name different owners
 * @param strangers pods that hold boards and that the API server has not told of
 */
public record Owners(
    List<Binding> bindings,
    List<KnownEngine> unresolved,
    List<BoardRef> missing,
    List<Disagreement> disagreements,
    Set<PodRef> strangers) {}
