/**
 * Engines that no node sees whole: those over several nodes, and pairs of prefill and decode
 * servers. Pure: whose joules meet whose tokens, decided from sums, so that no order matters. Start
 * at {@link io.tokenwatt.jobs.serving.UnitWindow}.
 */
package io.tokenwatt.jobs.serving;
