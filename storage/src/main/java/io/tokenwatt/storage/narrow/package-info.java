/**
 * Pure: the text of a view's query with only those columns that one asker wants, layer by layer.
 */
package io.tokenwatt.storage.narrow;
