package io.tokenwatt.collectors.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts numbered from 0 in the order of their first mention. For one record. */
final class Dictionary {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  int numberOf(String text) {
    Integer known = numbers.putIfAbsent(text, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  List<String> texts() {
    return new ArrayList<>(numbers.keySet());
  }
}
