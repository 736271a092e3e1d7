/** What a series should need for its load, and whether it needs more since a while; pure. */
package io.tokenwatt.jobs.regression;
