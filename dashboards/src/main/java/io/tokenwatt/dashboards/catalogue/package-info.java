/**
 * The dashboards, one file each. SQL asks views of module storage, which alone divide; names stand
 * without a database. Pure.
 */
package io.tokenwatt.dashboards.catalogue;
