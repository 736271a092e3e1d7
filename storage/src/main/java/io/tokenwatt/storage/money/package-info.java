/** Prices, contracts and bills as CSV: what the columns are, what is wrong, and how they load. */
package io.tokenwatt.storage.money;
