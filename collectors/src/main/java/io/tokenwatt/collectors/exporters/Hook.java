package io.tokenwatt.collectors.exporters;

/**
 * A place where samples of one name go.
 *
 * @param rank of the source among the metric's aliases: the lowest with a reading wins
 * @param partIndex of the part in the source
 */
record Hook<M extends Enum<M>>(M metric, Shape shape, int rank, int partIndex, Source source) {
  Part part() {
    return source.parts().get(partIndex);
  }
}
