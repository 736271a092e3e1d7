package io.tokenwatt.collectors.exporters;

import java.util.List;

/**
 * One alias of a metric of ours: what one version of an exporter calls it. Mostly one part; several
 * are added where the exporter splits what we count together.
 *
 * @param atFinish the exporter adds to it only when a request ends
 * @param firstPartitionOnly a reading of the board, which other partitions show as 0
 * @param takeMax samples that differ in other labels repeat one reading: the highest stands for
 *     them. Otherwise they are added
 */
record Source(List<Part> parts, boolean atFinish, boolean firstPartitionOnly, boolean takeMax) {}
