package io.tokenwatt.storage;

import java.util.List;

/** One insert statement: a table, the columns it fills, and how a row is written. */
interface Insert<T> {
  String table();

  /** In the order in which {@link #write} writes them. */
  List<Column> columns();

  void write(T row, RowBinary out);
}
