package io.tokenwatt.collectors.spool;

/** Hears of everything that does not go as it should, to count it. Must not throw. */
public interface Losses {
  /** Records that were accepted and will not be delivered. */
  void lost(String reason, long records);

  /** Something on disk that cannot be read or written; tells which file and why. */
  void broken(String reason, String detail);
}
