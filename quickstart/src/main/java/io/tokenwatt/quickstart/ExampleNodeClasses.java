package io.tokenwatt.quickstart;

import io.tokenwatt.model.catalogue.NodeClass;
import io.tokenwatt.model.catalogue.NodeClassCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What the simulated machines draw that no meter reads, as a file that the jobs would be given. */
final class ExampleNodeClasses {
  private ExampleNodeClasses() {}

  /**
   * @param data where the file is put
   */
  static List<NodeClass> read(Path data) {
    Path file = data.resolve("node-classes.csv");
    try (InputStream in =
        ExampleNodeClasses.class.getResourceAsStream("example-node-classes.csv")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return NodeClassCatalogue.read(file);
  }
}
