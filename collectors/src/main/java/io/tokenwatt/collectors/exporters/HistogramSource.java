package io.tokenwatt.collectors.exporters;

import java.util.List;

/** One alias of a latency: a histogram family of the exporter, without "_bucket". */
record HistogramSource(String family, TimeUnits unit, List<LabelRule> rules) {}
