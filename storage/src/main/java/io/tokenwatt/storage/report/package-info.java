/** Questions of capacity teams, each answered by one query as a table, CSV or JSON. */
package io.tokenwatt.storage.report;
