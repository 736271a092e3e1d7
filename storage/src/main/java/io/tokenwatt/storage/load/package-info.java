/**
 * The tables that people fill, as CSV: prices, contracts, bills, sites, budgets, SLOs, models. What
 * their columns are, what is wrong with a file, and the commands that load, check and list.
 */
package io.tokenwatt.storage.load;
