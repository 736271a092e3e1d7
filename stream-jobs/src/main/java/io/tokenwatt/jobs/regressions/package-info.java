/** RegressionJob: closed windows in, verdicts and what may be behind them out. */
package io.tokenwatt.jobs.regressions;
