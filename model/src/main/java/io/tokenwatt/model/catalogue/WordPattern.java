package io.tokenwatt.model.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that must all occur in a name, or one of several such sets. Whole words tell "H100" from
 * "GH200" and "L4" from "L40S" where a search for a part of the name would not.
 *
 * @param alternatives sets of lower-case words; a word that ends in "*" stands for its beginning
 */
record WordPattern(List<List<String>> alternatives) {

  /**
   * From the catalogue's notation, for instance "h100 80gb hbm3 | h100 sxm*".
   *
   * @throws IllegalArgumentException where an alternative is empty or a word holds another
   *     character
   */
  static WordPattern parse(String text) {
    List<List<String>> alternatives =
        Arrays.stream(text.split("\\|", -1))
            .map(part -> List.of(part.strip().toLowerCase(Locale.ROOT).split("\\s+")))
            .toList();
    for (List<String> words : alternatives) {
      for (String word : words) {
        if (!word.matches("[a-z0-9]+\\*?")) {
          throw new IllegalArgumentException(
              "pattern '" + text + "': '" + word + "' is not a word of letters and digits");
        }
      }
    }
    return new WordPattern(alternatives);
  }

  static Set<String> words(String name) {
    return Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean matches(Set<String> words) {
    return alternatives.stream()
        .anyMatch(alternative -> alternative.stream().allMatch(word -> occurs(word, words)));
  }

  private static boolean occurs(String wanted, Set<String> words) {
    if (!wanted.endsWith("*")) {
      return words.contains(wanted);
    }
    String beginning = wanted.substring(0, wanted.length() - 1);
    return words.stream().anyMatch(word -> word.startsWith(beginning));
  }
}
