package io.tokenwatt.embedded;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;

/** What the JDK lacks: named pipes. */
interface LibC extends Library {
  int mkfifo(String path, int mode) throws LastErrorException;
}
