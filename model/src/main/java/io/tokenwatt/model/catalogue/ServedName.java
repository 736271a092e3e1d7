package io.tokenwatt.model.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the model's own name in what engines report: a repository id, a path, a cache folder. */
final class ServedName {
  private static final String CACHE_PREFIX = "models--";

  private ServedName() {}

  /**
   * The segment that names the model, in lower case. Of {@code
   * …/models--org--name/snapshots/<hash>} that is name, of {@code …/name/snapshots/<hash>} too,
   * else the last segment; "" of an empty name.
   */
  static String segment(String served) {
    List<String> segments =
        Arrays.stream(served.strip().toLowerCase(Locale.ROOT).split("[/\\\\]+"))
            .filter(segment -> !segment.isEmpty())
            .toList();
    if (segments.isEmpty()) {
      return "";
    }
    int snapshots = segments.lastIndexOf("snapshots");
    return withoutOwner(segments.get(snapshots > 0 ? snapshots - 1 : segments.size() - 1));
  }

  private static String withoutOwner(String segment) {
    if (!segment.startsWith(CACHE_PREFIX)) {
      return segment;
    }
    String repository = segment.substring(CACHE_PREFIX.length());
    int owner = repository.indexOf("--");
    return owner < 0 ? repository : repository.substring(owner + 2);
  }
}
