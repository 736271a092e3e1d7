package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.BoardReading;
import java.util.List;

/** The /metrics page of an exporter of boards. Not thread-safe. */
public interface BoardText {
  /** The page; the caller must not change the bytes. */
  byte[] render(List<BoardReading> readings);
}
