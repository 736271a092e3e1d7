/**
 * Who owns which boards and engines of a node at one tick. Pure: values in, values out. Start at
 * {@link io.tokenwatt.collectors.ownership.Ownership}.
 */
package io.tokenwatt.collectors.ownership;
