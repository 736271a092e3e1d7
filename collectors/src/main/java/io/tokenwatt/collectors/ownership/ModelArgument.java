package io.tokenwatt.collectors.ownership;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The model that a pod's command names, as vLLM, SGLang, TGI and llama.cpp are told it: what the
 * engine calls it comes before where it lies. Pure.
 */
final class ModelArgument {
  private static final List<String> OPTIONS =
      List.of("--served-model-name", "--model", "--model-path", "--model-id", "--alias");

  private ModelArgument() {}

  /** "" = the command does not say. */
  static String of(Pod pod) {
    return pod.containers().stream()
        .map(container -> of(words(container.command())))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  // A shell's script is one argument of many words.
  private static List<String> words(List<String> command) {
    return command.stream()
        .flatMap(text -> Stream.of(text.split("[\\s\"']+")))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static Optional<String> of(List<String> words) {
    for (String option : OPTIONS) {
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.startsWith(option + "=")) {
          return told(word.substring(option.length() + 1));
        }
        if (word.equals(option) && i + 1 < words.size()) {
          return told(words.get(i + 1));
        }
      }
    }
    int serve = words.indexOf("serve");
    boolean vllm = serve > 0 && words.get(serve - 1).endsWith("vllm");
    return vllm && serve + 1 < words.size() ? told(words.get(serve + 1)) : Optional.empty();
  }

  // A variable is filled in by the container, out of our sight.
  private static Optional<String> told(String value) {
    boolean name = !value.isEmpty() && !value.startsWith("-") && !value.contains("$");
    return name ? Optional.of(value) : Optional.empty();
  }
}
