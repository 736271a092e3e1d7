/** Pure: exporters' pages as functions of the tick, so that whoever reads them can be checked. */
package io.tokenwatt.quickstart.bench.page;
