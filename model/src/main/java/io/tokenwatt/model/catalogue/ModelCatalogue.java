package io.tokenwatt.model.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From the name that an engine serves to the model and the precision of its weights; models.csv
 * says how. Immutable, thread-safe. A look-up walks the rows (microseconds): call it when an engine
 * is first seen, not for each sample.
 */
public final class ModelCatalogue {
  private static final List<String> HEADER = List.of("kind", "pattern", "name", "precision");

  /** Loads on first use; the class loader makes that once and safe. */
  private static final class Standard {
    static final ModelCatalogue INSTANCE =
        new ModelCatalogue(List.of(), List.of()).preceded(CsvTable.ofResource("models.csv"));
  }

  private final List<PrecisionSuffix> suffixes;
  private final List<ModelAlias> aliases;

  private ModelCatalogue(List<PrecisionSuffix> suffixes, List<ModelAlias> aliases) {
    this.suffixes = List.copyOf(suffixes);
    this.aliases = List.copyOf(aliases);
  }

  /** The catalogue that comes with Tokenwatt: models.csv. */
  public static ModelCatalogue standard() {
    return Standard.INSTANCE;
  }

  /**
   * A catalogue in which the rows of a user's file, written like models.csv, come before these.
   *
   * @throws CatalogueException listing every faulty line
   */
  public ModelCatalogue withOverrides(Path file) {
    return preceded(CsvTable.ofFile(file));
  }

  /**
   * The model of that served name. One that no row describes keeps the last segment of its own name
   * in lower case, less the suffixes that tell a precision; the empty name stays empty.
   */
  public ModelName resolve(String served) {
    String segment = ServedName.segment(served);
    ModelName stripped = PrecisionSuffix.strip(segment, suffixes);
    String whole = served.strip().toLowerCase(Locale.ROOT);
    for (ModelAlias alias : aliases) {
      Optional<ModelName> found =
          exact(alias, whole, segment, stripped).or(() -> family(alias, stripped));
      if (found.isPresent()) {
        return found.get();
      }
    }
    return stripped;
  }

  /** A row about exactly this served name knows its precision better than a suffix does. */
  private static Optional<ModelName> exact(
      ModelAlias alias, String whole, String segment, ModelName stripped) {
    if (!alias.literal()) {
      return Optional.empty();
    }
    boolean hasSuffix = !segment.equals(stripped.name());
    Optional<String> name = alias.apply(whole);
    if (name.isEmpty() && hasSuffix) {
      name = alias.apply(segment);
    }
    return name.map(known -> new ModelName(known, either(alias.precision(), stripped.precision())));
  }

  private static Optional<ModelName> family(ModelAlias alias, ModelName stripped) {
    return alias
        .apply(stripped.name())
        .map(known -> new ModelName(known, either(stripped.precision(), alias.precision())));
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }

  private ModelCatalogue preceded(CsvTable table) {
    List<PrecisionSuffix> allSuffixes = new ArrayList<>();
    List<ModelAlias> allAliases = new ArrayList<>();
    table.rows(HEADER, fields -> add(fields, allSuffixes, allAliases));
    allSuffixes.addAll(suffixes);
    allAliases.addAll(aliases);
    return new ModelCatalogue(allSuffixes, allAliases);
  }

  private static boolean add(
      List<String> fields, List<PrecisionSuffix> suffixes, List<ModelAlias> aliases) {
    String pattern = fields.get(1).toLowerCase(Locale.ROOT);
    String name = fields.get(2).toLowerCase(Locale.ROOT);
    String precision = fields.get(3).toLowerCase(Locale.ROOT);
    switch (fields.get(0)) {
      case "suffix" -> {
        if (!name.isEmpty()) {
          throw new IllegalArgumentException("a suffix row has no name, found '" + name + "'");
        }
        return suffixes.add(new PrecisionSuffix(pattern, precision));
      }
      case "alias" -> {
        return aliases.add(new ModelAlias(pattern, name, precision));
      }
      default ->
          throw new IllegalArgumentException(
              "kind '" + fields.get(0) + "' is neither suffix nor alias");
    }
  }
}
