package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.live.Child;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others to compare with: on the PATH, or unpacked by benchmarks/peers.sh. */
public final class Peers {
  private Peers() {}

  public static Optional<Path> find(String program) {
    Path unpacked = checkout().resolve("target/peers/usr/bin").resolve(program);
    return Child.find(program).or(() -> Optional.of(unpacked).filter(Files::isExecutable));
  }

  /** What to say where there is none. */
  public static String absent(String program) {
    return program + " is not here; benchmarks/peers.sh unpacks Debian's into target/peers";
  }

  /** The folder of the script {@code tokenwatt}. */
  public static Path checkout() {
    try {
      Path classes =
          Path.of(Peers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Stream.iterate(classes, Objects::nonNull, Path::getParent)
          .filter(folder -> Files.isExecutable(folder.resolve("tokenwatt")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no checkout above " + classes));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is no URI", e);
    }
  }
}
