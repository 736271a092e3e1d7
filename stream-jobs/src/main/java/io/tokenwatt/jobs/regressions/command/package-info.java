/** The {@code regressions} command. */
package io.tokenwatt.jobs.regressions.command;
