package io.tokenwatt.collectors.exposition;

/**
 * Something that was not read, or read and found to break a rule.
 *
 * @param line number of the line in the body, the first is 1
 * @param reason what is wrong; one of a small fixed set of texts, so that it can be counted by
 * @param text the line, or the name it is about; cut at {@value #MAX_TEXT} characters
 */
public record Reject(int line, String reason, String text) {

  /** Most characters of a line that are kept. */
  public static final int MAX_TEXT = 200;

  public Reject {
    text = cut(text);
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    // Half of a character beyond the basic plane is no character.
    boolean splits = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1));
    return text.substring(0, splits ? MAX_TEXT - 1 : MAX_TEXT);
  }
}
