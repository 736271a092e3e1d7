/**
 * What a backfill may write and what it puts out of the way: windows that were observed live are
 * left as they are, and rows of an earlier backfill never add to those of a later one.
 */
package io.tokenwatt.storage.backfill;
