/**
 * Pure: what changed on a node, seen by comparing its samples; and events that were told, decoded.
 * Knows no clock, no Flink and no table.
 */
package io.tokenwatt.jobs.changes;
