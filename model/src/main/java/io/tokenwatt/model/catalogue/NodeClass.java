package io.tokenwatt.model.catalogue;

import java.io.Serializable;

/**
 * What a kind of machine draws where nothing meters it: base + slope x the watts of its boards.
 *
 * @param baseMilliwatts of the whole machine with its boards drawing nothing, &ge; 0
 * @param slopePpm machine watts per board watt x 10^6, &ge; 10^6: fans, conversion losses, and the
 *     board watt itself
 */
public record NodeClass(String name, long baseMilliwatts, long slopePpm) implements Serializable {}
