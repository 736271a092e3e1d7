/** For tests: spoilt input by the million, the same again from one seed. Knows no format. */
package io.tokenwatt.embedded.fuzz;
