/**
 * The agent beside vmagent on the same scripted exporters: CPU, memory, bytes sent, and whether
 * what arrives is what the exporters said.
 */
package io.tokenwatt.quickstart.bench.agent;
