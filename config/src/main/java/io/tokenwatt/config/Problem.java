package io.tokenwatt.config;

/**
 * One thing that is wrong with a configuration, in words for the person who wrote it. Immutable.
 *
 * @param file the file's name, or the environment variable's
 * @param line from 1; 0 where there is none
 * @param path the key, such as {@code targets[1].url}; "" for the file as a whole
 * @param message what is wrong and what to write instead; never holds a secret
 */
public record Problem(String file, int line, String path, String message) {

  /**
   * As compilers print it, {@code agent.yaml:12: node.region: …}, so that editors can jump there.
   */
  @Override
  public String toString() {
    String where = line == 0 ? file : file + ":" + line;
    return path.isEmpty() ? where + ": " + message : where + ": " + path + ": " + message;
  }
}
