/**
 * What changed where a regression began, pure: evidence of boards, engines and changes around its
 * start, and suspects ranked by it. No Flink, no clock, no I/O.
 */
package io.tokenwatt.jobs.regression.suspect;
