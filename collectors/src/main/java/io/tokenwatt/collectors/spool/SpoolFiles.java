package io.tokenwatt.collectors.spool;

import java.io.IOException;
import java.nio.file.Path;

/** The disk, as far as the spool writes to it: so that tests can have one that is full. */
@FunctionalInterface
public interface SpoolFiles {
  /** Creates the file where it is absent. */
  SpoolFile open(Path path) throws IOException;
}
