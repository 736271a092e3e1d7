/** Every query of every dashboard asked of a store, and whether the answer can be drawn. */
package io.tokenwatt.dashboards.check;
