/** {@code ./tokenwatt bench panels}: a store as of 100,000 boards, and what panels ask of it. */
package io.tokenwatt.quickstart.bench.panels;
