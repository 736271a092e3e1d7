package io.tokenwatt.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the library, with a small script in the place of npm. */
class ClickHouseLibraryTest {
  private static final Platform LINUX = Platform.of("Linux", "amd64");

  @TempDir private Path directory;

  @Test
  void theFileThatTheEnvironmentNamesIsTakenAsItIs() throws IOException {
    Path given = Files.writeString(directory.resolve("libchdb.so"), "x");
    assertThat(library(Map.of("TOKENWATT_CHDB_LIB", given.toString()), LINUX).find())
        .isEqualTo(given);
  }

  @Test
  void aMissingFileInTheEnvironmentIsNamed() {
    assertThatThrownBy(() -> library(Map.of("TOKENWATT_CHDB_LIB", "/no/lib.so"), LINUX).find())
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll("TOKENWATT_CHDB_LIB", "/no/lib.so");
  }

  @Test
  void anUnsupportedPlatformIsToldWhatToDo() {
    Platform platform = Platform.of("Windows 11", "amd64");
    assertThatThrownBy(() -> library(Map.of(), platform).find())
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll("windows-11-x64", "TOKENWATT_CHDB_LIB", "ClickHouse server");
  }

  @Test
  void theCacheFolderFollowsTheEnvironment() {
    assertThat(library(Map.of("TOKENWATT_CACHE", "/c"), LINUX).cacheFolder())
        .hasToString("/c/chdb/26.7.3-stable.1/linux-x64-gnu");
    assertThat(library(Map.of("XDG_CACHE_HOME", "/x"), LINUX).cacheFolder())
        .hasToString("/x/tokenwatt/chdb/26.7.3-stable.1/linux-x64-gnu");
    assertThat(library(Map.of(), LINUX).cacheFolder())
        .isEqualTo(directory.resolve("home/.cache/tokenwatt/chdb/26.7.3-stable.1/linux-x64-gnu"));
  }

  @Test
  void missingNpmIsNamedWithTheWayAround() {
    assertThatThrownBy(() -> library(cacheAnd("/nowhere"), LINUX).find())
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll("npm", "PATH", "install Node.js", "TOKENWATT_CHDB_LIB");
  }

  @Test
  void whatNpmSaidIsShownAndNothingHalfDoneIsLeft() throws IOException {
    fakeNpm("echo 'npm error code EINTEGRITY'; mkdir node_modules; exit 1");
    ClickHouseLibrary library =
        library(cacheAnd(directory.resolve("bin") + ":/usr/bin:/bin"), LINUX);
    assertThatThrownBy(library::find)
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll("npm failed", "@chdb/lib-linux-x64-gnu@26.7.3", "EINTEGRITY");
    try (Stream<Path> left = Files.list(library.cacheFolder().getParent())) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void twoWhoAskAtOnceInstallOnce() throws Exception {
    fakeNpm(
        "echo run >> ../../../../runs; grep -q sha512 package-lock.json || exit 3;"
            + " mkdir -p node_modules/@chdb/lib-linux-x64-gnu;"
            + " echo lib > node_modules/@chdb/lib-linux-x64-gnu/libchdb.so");
    Map<String, String> environment = cacheAnd(directory.resolve("bin") + ":/usr/bin:/bin");
    Callable<Path> find = () -> library(environment, LINUX).find();
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (Future<Path> found : two.invokeAll(List.of(find, find))) {
        assertThat(found.get()).hasContent("lib");
      }
    } finally {
      two.shutdownNow();
    }
    assertThat(Files.readAllLines(directory.resolve("runs"))).hasSize(1);
  }

  @Test
  void pinnedPackagesCarryADigestAndNoAddress() throws IOException {
    try (var lock = NpmInstall.class.getResourceAsStream("chdb/linux-x64-gnu/package-lock.json")) {
      assertThat(new String(lock.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("\"integrity\": \"sha512-", ClickHouseLibrary.VERSION)
          .doesNotContain("resolved", "http");
    }
  }

  private ClickHouseLibrary library(Map<String, String> environment, Platform platform) {
    return new ClickHouseLibrary(environment, platform, directory.resolve("home"));
  }

  private Map<String, String> cacheAnd(String path) {
    return Map.of("TOKENWATT_CACHE", directory.resolve("cache").toString(), "PATH", path);
  }

  private void fakeNpm(String body) throws IOException {
    Path script = Files.createDirectories(directory.resolve("bin")).resolve("npm");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
