/** Prices in force and the cost of board time, pure. */
package io.tokenwatt.jobs.cost;
