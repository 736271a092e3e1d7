package io.tokenwatt.storage.load;

/**
 * A column of a CSV and of its table.
 *
 * @param missing what an empty field or a missing column means, as text; null = it must be there
 * @param key whether it belongs to the identity of the entry
 */
public record Field(String name, FieldType type, String missing, boolean key) {
  static Field key(String name, FieldType type) {
    return new Field(name, type, null, true);
  }

  static Field key(String name, FieldType type, String missing) {
    return new Field(name, type, missing, true);
  }

  static Field required(String name, FieldType type) {
    return new Field(name, type, null, false);
  }

  static Field optional(String name, FieldType type, String missing) {
    return new Field(name, type, missing, false);
  }
}
