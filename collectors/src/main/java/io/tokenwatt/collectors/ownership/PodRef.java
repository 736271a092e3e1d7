package io.tokenwatt.collectors.ownership;

/** A pod's name, unique in its cluster at one time. */
public record PodRef(String namespace, String name) {
  /** As kubectl and people write it. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
