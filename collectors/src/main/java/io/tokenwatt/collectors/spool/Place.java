package io.tokenwatt.collectors.spool;

/**
 * A place between two records on disk.
 *
 * @param segment its file's number, from 1
 * @param offset in that file
 */
public record Place(long segment, long offset) {
  static final Place START = new Place(0, 0);
}
