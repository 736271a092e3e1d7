/** Who holds how much of a board, pure and conserving: parts always add up to the whole. */
package io.tokenwatt.jobs.attribution;
