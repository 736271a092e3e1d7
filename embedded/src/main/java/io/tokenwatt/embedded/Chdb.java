package io.tokenwatt.embedded;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The two functions of libchdb that we call; names as in its C header. */
interface Chdb extends Library {
  /** Runs clickhouse-local with these arguments (no program name) and returns when it has ended. */
  Pointer chdb_query_cmdline(int count, String[] arguments);

  /** Null where there was none. */
  String chdb_result_error(Pointer result);
}
