package io.tokenwatt.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The one file that is submitted to a Flink cluster: our classes, and under {@code lib/} every
 * library that the cluster does not bring, whole. Flink unpacks that folder by itself; nothing is
 * shaded or merged, so service files and licences stay as they were.
 */
public final class JobJar {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private JobJar() {}

  /**
   * Writes the jar in place of what was there.
   *
   * @throws IOException if it cannot be written, or if the class path lacks the jobs
   */
  public static void write(JobClassPath classPath, Path file) throws IOException {
    List<Path> ours = classPath.ours();
    if (ours.isEmpty()) {
      throw new IOException("the jobs are not on the class path of this process");
    }
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path unfinished = Files.createTempFile(parent, "tokenwatt-jobs", ".jar");
    try {
      try (OutputStream out = Files.newOutputStream(unfinished);
          JarOutputStream jar = new JarOutputStream(out)) {
        put(jar, MANIFEST, manifest());
        addClasses(jar, ours.get(0));
        for (Path library : classPath.libraries()) {
          addLibrary(jar, library);
        }
      }
      Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static byte[] manifest() throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, JobsMain.class.getName());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static void addLibrary(JarOutputStream jar, Path library) throws IOException {
    if (!Files.isDirectory(library)) {
      put(jar, "lib/" + library.getFileName(), Files.readAllBytes(library));
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream inner = new JarOutputStream(bytes)) {
      addClasses(inner, library);
    }
    put(jar, "lib/" + JobClassPath.artifact(library) + ".jar", bytes.toByteArray());
  }

  private static void addClasses(JarOutputStream jar, Path from) throws IOException {
    if (Files.isDirectory(from)) {
      addTree(jar, from);
    } else {
      try (FileSystem zip = FileSystems.newFileSystem(from)) {
        addTree(jar, zip.getPath("/"));
      }
    }
  }

  private static void addTree(JarOutputStream jar, Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (!name.equals(MANIFEST)) {
        try (InputStream in = Files.newInputStream(file)) {
          put(jar, name, in.readAllBytes());
        }
      }
    }
  }

  /** Times are left out: the same class path gives the same bytes. */
  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    jar.putNextEntry(entry);
    jar.write(bytes);
    jar.closeEntry();
  }
}
