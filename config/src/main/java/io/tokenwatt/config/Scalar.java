package io.tokenwatt.config;

/**
 * One value as text.
 *
 * @param text placeholders filled in
 * @param shown what may be printed: as written, so that no filled-in secret reaches a log
 * @param open it stands in the file in clear
 */
record Scalar(String file, int line, String text, String shown, boolean open) {}
