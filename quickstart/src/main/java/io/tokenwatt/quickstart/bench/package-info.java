/** The {@code bench} command: figures, not checks. */
package io.tokenwatt.quickstart.bench;
