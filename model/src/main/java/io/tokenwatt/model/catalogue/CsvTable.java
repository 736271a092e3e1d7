package io.tokenwatt.model.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads small hand-written tables: a header line, comma-separated fields without quotes, "#" lines
 * and blank lines in between. Strict: every faulty line is reported, and then nothing is returned.
 *
 * @param source what messages call the file
 */
record CsvTable(String source, String text) {

  /** Makes a value of one line's fields, which are stripped and as many as the header's. */
  interface RowReader<T> {
    /**
     * @throws IllegalArgumentException saying what is wrong with the row
     */
    T read(List<String> fields);
  }

  static CsvTable ofResource(String name) {
    try (InputStream in = CsvTable.class.getResourceAsStream(name)) {
      Objects.requireNonNull(in, name);
      return new CsvTable(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CatalogueException(List.of(name + ": cannot be read: " + e));
    }
  }

  static CsvTable ofFile(Path file) {
    try {
      return new CsvTable(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new CatalogueException(List.of(file + ": cannot be read: " + e));
    }
  }

  /** The rows in file order. */
  <T> List<T> rows(List<String> header, RowReader<T> reader) {
    List<T> rows = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    boolean headerSeen = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        List<String> fields = fields(line);
        if (headerSeen) {
          rows.add(reader.read(sameLength(fields, header)));
        } else {
          headerSeen = true;
          sameHeader(fields, header);
        }
      } catch (IllegalArgumentException e) {
        problems.add(source + ":" + number + ": " + e.getMessage());
      }
    }
    if (!headerSeen) {
      problems.add(source + ": no header; the first line must be " + String.join(",", header));
    }
    if (!problems.isEmpty()) {
      throw new CatalogueException(problems);
    }
    return List.copyOf(rows);
  }

  private static List<String> fields(String line) {
    if (line.indexOf('"') >= 0) {
      throw new IllegalArgumentException("quotes are not known here; write the field without them");
    }
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static List<String> sameLength(List<String> fields, List<String> header) {
    if (fields.size() != header.size()) {
      throw new IllegalArgumentException(
          fields.size() + " fields, expected " + header.size() + ": " + String.join(",", header));
    }
    return fields;
  }

  private static void sameHeader(List<String> fields, List<String> header) {
    if (!fields.equals(header)) {
      throw new IllegalArgumentException(
          "the header is " + String.join(",", fields) + ", expected " + String.join(",", header));
    }
  }
}
