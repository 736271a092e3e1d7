/**
 * A simulated fleet whose exporters are real HTTP servers on loopback: something to point an agent
 * at where there is no GPU, and a truth to check the pipeline's sums against.
 */
package io.tokenwatt.quickstart.fleet;
