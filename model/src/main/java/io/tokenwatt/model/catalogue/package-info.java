/**
 * What is known of hardware and models beforehand, as data: the two CSV resources of this package
 * and a user's own rows before them.
 */
package io.tokenwatt.model.catalogue;
