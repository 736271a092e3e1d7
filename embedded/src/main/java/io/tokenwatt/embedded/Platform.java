package io.tokenwatt.embedded;

import java.util.Locale;

/**
 * An operating system and processor, in the words of the ClickHouse library's package names.
 *
 * @param name for instance "linux-x64-gnu"
 */
record Platform(String name) {

  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** From the values of os.name and os.arch; an unknown one keeps its own words. */
  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "x64" -> "x64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch;
        };
    if (os.startsWith("linux")) {
      return new Platform("linux-" + arch + "-gnu");
    }
    if (os.startsWith("mac")) {
      return new Platform("darwin-" + arch);
    }
    return new Platform(os.replace(' ', '-') + "-" + arch);
  }

  String packageName() {
    return "@chdb/lib-" + name;
  }
}
