/** The {@code faults} command: real processes, a seeded schedule of faults, the same final rows. */
package io.tokenwatt.quickstart.faults;
