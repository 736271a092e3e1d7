package io.tokenwatt.dashboards.builtin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The compression of the JavaScript library lz-string, as its compressToEncodedURIComponent: an
 * LZ78 code whose bits, lowest first, are written six to a character that needs no escape in a URL.
 * For one text; not thread-safe.
 */
final class LzString {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-$";
  private static final int BITS_PER_CHARACTER = 6;

  /** Codes 0 and 1 announce a new character of 8 or 16 bits, 2 the end. */
  private static final int NEW_8_BITS = 0;

  private static final int NEW_16_BITS = 1;
  private static final int END = 2;

  private final Map<String, Integer> codes = new HashMap<>();
  private final Set<String> unsent = new HashSet<>();
  private final StringBuilder out = new StringBuilder();
  private int nextCode = 3;
  private int codeBits = 2;
  private int codesUntilWider = 2;
  private int pending;
  private int pendingBits;

  private LzString() {}

  static String compress(String text) {
    LzString lz = new LzString();
    lz.encode(text);
    return lz.out.toString();
  }

  private void encode(String text) {
    String phrase = "";
    for (int i = 0; i < text.length(); i++) {
      String character = text.substring(i, i + 1);
      if (!codes.containsKey(character)) {
        codes.put(character, nextCode++);
        unsent.add(character);
      }
      String longer = phrase + character;
      if (codes.containsKey(longer)) {
        phrase = longer;
      } else {
        send(phrase);
        codes.put(longer, nextCode++);
        phrase = character;
      }
    }
    if (!phrase.isEmpty()) {
      send(phrase);
    }
    write(END, codeBits);
    // The last character is filled up with zeros; a full one is followed by an empty one.
    write(0, BITS_PER_CHARACTER - pendingBits);
  }

  private void send(String phrase) {
    if (unsent.remove(phrase)) {
      char character = phrase.charAt(0);
      boolean narrow = character < 256;
      write(narrow ? NEW_8_BITS : NEW_16_BITS, codeBits);
      write(character, narrow ? 8 : 16);
      countCode();
    } else {
      write(codes.get(phrase), codeBits);
    }
    countCode();
  }

  private void countCode() {
    codesUntilWider--;
    if (codesUntilWider == 0) {
      codesUntilWider = 1 << codeBits;
      codeBits++;
    }
  }

  private void write(int value, int bits) {
    for (int i = 0; i < bits; i++) {
      pending = (pending << 1) | ((value >> i) & 1);
      pendingBits++;
      if (pendingBits == BITS_PER_CHARACTER) {
        out.append(ALPHABET.charAt(pending));
        pending = 0;
        pendingBits = 0;
      }
    }
  }
}
